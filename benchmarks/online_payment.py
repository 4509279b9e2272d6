"""Target 12: a payment whose rights HQ must grant first, beside one out of the holding."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.customer import Customer
from benchmarks.databases import databases
from benchmarks.head_office import founded, head_office, joined
from benchmarks.measure import Paired, interleaved, percentile, timed
from benchmarks.report import Line, shown
from benchmarks.scale import Bench, Scale
from pos_app.money import Money
from pos_app.sync.cycle import run_cycle

_OWN_MOST_S = 0.030
_BALANCE, _PRICE = Money(200_000), Money(100)
_TERMINAL = "1 号机"


def online_payment(bench: Bench) -> Iterator[Line]:
    """Measure it on both databases."""
    with databases(bench.scale.hq.databases) as found:
        for name, new in found.items():
            with TemporaryDirectory(dir=bench.work) as folder:
                pair, asked = _measured(new(), Path(folder), bench.scale)
            yield from _lines(name, pair, asked)


def _measured(url: str, folder: Path, scale: Scale) -> tuple[Paired, float]:
    """Let two members buy in turns: HQ holds one's money, the terminal the other's."""
    with head_office(folder / "hq", url) as office:
        founded(folder / "till", _TERMINAL)
        till = joined(office, folder / "till", _TERMINAL)
        there = Customer.new(till, "13812340217", _BALANCE, _PRICE)
        here = Customer.new(till, "13900000001", _BALANCE, _PRICE)
        asked = []

        def settled() -> None:
            run_cycle(till.at, till.hq, serving={here.member})
            till.ledger.tidy()
            till.line.taken()

        def online() -> float:
            settled()
            seconds = timed(there.buy)
            asked.append(till.line.taken()[0])
            return seconds

        def local() -> float:
            settled()
            return timed(here.buy)

        settled()
        pair = interleaved(online, local, rounds=scale.rounds, times=scale.times // 4 + 1)
        till.close()
    return pair, median(asked)


def _lines(name: str, pair: Paired, asked: float) -> Iterator[Line]:
    what = f"online payment with a grant, {name}: round trips more"
    yield Line("12", what, f"{asked:g}", "", "", "<= 1", asked <= 1)
    both = zip(chain(*pair.ours), chain(*pair.reference), strict=True)
    more = [ours - local for ours, local in both]
    low, high = percentile(more, 10), percentile(more, 90)
    yield Line(
        "12",
        f"online payment, {name} / from the holding: time more",
        shown(median(pair.all_ours)),
        shown(median(pair.all_reference)),
        f"{shown(median(more))} more ({shown(low)}-{shown(high)})",
        f"<= {shown(_OWN_MOST_S)}",
        median(more) <= _OWN_MOST_S,
    )
