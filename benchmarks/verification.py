"""Target 8: checking the whole book again, stage by stage."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.files import ledger_folder
from benchmarks.measure import percentile, timed
from benchmarks.report import Line, shown
from benchmarks.scale import Bench, Size
from benchmarks.shop import Hands, open_ledger
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.verify import verify, verify_head

_LEAST = 100_000
_TIMES = 5


def verification(bench: Bench) -> Iterator[Line]:
    """Measure the chain of the shop's file, the chain's file, then every stage of the shop's."""
    yield _chain(bench, bench.scale.shop, _TIMES)
    if bench.scale.chain != bench.scale.shop:
        yield _chain(bench, bench.scale.chain, 1)
    with open_ledger(ledger_folder(bench.work, bench.scale.shop), Hands()) as ledger:
        yield from _stages(ledger)


def _chain(bench: Bench, size: Size, times: int) -> Line:
    with open_ledger(ledger_folder(bench.work, size), Hands()) as ledger:
        events = _events(ledger)
        rates = [events / timed(lambda: _check(ledger)) for _ in range(times)]
    rate = median(rates)
    spread = f"{percentile(rates, 10):,.0f}-{percentile(rates, 90):,.0f}"
    what = f"verify the chain of {events:,} events"
    return Line("8", what, f"{rate:,.0f}/s", "", spread, f">= {_LEAST:,}/s", rate >= _LEAST)


def _check(ledger: Ledger) -> None:
    for checked in verify_head(ledger.read()):
        assert checked.fault is None, checked.fault


def _stages(ledger: Ledger) -> Iterator[Line]:
    begun, start = time.perf_counter(), time.perf_counter()
    for checked in verify(ledger.read()):
        assert checked.fault is None, checked.fault
        seconds = time.perf_counter() - start
        yield Line(
            "8",
            f"  {checked.check} ({checked.count:,})",
            shown(seconds),
            ratio=_rate(checked.count, seconds),
        )
        start = time.perf_counter()
    events, seconds = _events(ledger), time.perf_counter() - begun
    rate = f"{events / seconds:,.0f} events/s"
    yield Line("8", f"  everything ({events:,} events)", shown(seconds), ratio=rate)


def _rate(count: int, seconds: float) -> str:
    return f"{count / seconds:,.0f}/s"


def _events(ledger: Ledger) -> int:
    (events,) = ledger.read().execute("SELECT max(seq) FROM journal").fetchone()
    return int(events)
