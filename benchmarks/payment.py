"""Targets 1 and 2: a payment committed through all layers, beside the bare rows of a checkout."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.files import ledger_folder
from benchmarks.measure import Paired, interleaved, p99, timed
from benchmarks.raw_checkout import RawCheckout
from benchmarks.report import Line, compared, shown
from benchmarks.scale import Bench
from benchmarks.shop import MANAGER, Hands, copied, ledger_in, open_ledger
from benchmarks.till import QUEUE, Till
from pos_app.ledger.store.operator_rows import operator_by_number
from pos_app.security.pin import pin_matches

_TAIL_ROUNDS = 5
_SLOWEST = 25
_PIN_CHECKS = 5


def payment(bench: Bench) -> Iterator[Line]:
    """Measure the median of a payment."""
    scale = bench.scale
    pair = _taken_in_turns(bench, QUEUE, rounds=scale.rounds, times=scale.times)
    yield compared("1", "payment committed, p50 / raw checkout", pair, most=3)
    yield Line("1", "  beside it: checking a PIN (Argon2id)", shown(_pin_check(bench)))


def tail(bench: Bench) -> Iterator[Line]:
    """Measure the slow end of many payments."""
    times = bench.scale.payments // _TAIL_ROUNDS
    pair = _taken_in_turns(bench, bench.scale.shop.buyers, rounds=_TAIL_ROUNDS, times=times)
    what = f"payment committed, p99 of {bench.scale.payments:,}"
    yield compared("2", what, pair, most=4, pick=p99)
    slowest, usual = max(pair.all_ours), median(pair.all_reference)
    yield Line(
        "2",
        "slowest payment / raw checkout p50",
        shown(slowest),
        shown(usual),
        f"{slowest / usual:.1f}x",
        f"<= {_SLOWEST}x",
        slowest <= _SLOWEST * usual,
    )
    bare = max(pair.all_reference)
    yield Line("2", "  beside it: slowest raw checkout", "", shown(bare), f"{bare / usual:.1f}x")


def _pin_check(bench: Bench) -> float:
    number, _, pin = MANAGER
    with open_ledger(ledger_folder(bench.work, bench.scale.shop), Hands()) as ledger:
        row = operator_by_number(ledger.read(), number)
        assert row is not None, "every shop has a manager"
        check = partial(pin_matches, row.verifier, pin, ledger.pepper)
        return median(timed(check) for _ in range(_PIN_CHECKS))


def _taken_in_turns(bench: Bench, members: int, *, rounds: int, times: int) -> Paired:
    kept = ledger_folder(bench.work, bench.scale.shop)
    with TemporaryDirectory(dir=bench.work) as folder:
        till = Till(copied(kept, Path(folder) / "ours"), members=members)
        raw = RawCheckout(Path(folder) / "raw", as_large_as=ledger_in(kept))
        till.warm_up()
        for _ in range(till.members):
            raw.trial()
        pair = interleaved(till.trial, raw.trial, rounds=rounds, times=times)
        till.close()
        raw.close()
    return pair
