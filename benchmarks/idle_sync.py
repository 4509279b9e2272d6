"""Target 13: a terminal's cycle when there is nothing to tell and nothing to hear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import databases
from benchmarks.head_office import Branch, founded, head_office, joined
from benchmarks.measure import interleaved, timed
from benchmarks.raw_batch import bare_door
from benchmarks.report import Line, compared, shown
from benchmarks.scale import Bench, Scale

_TERMINAL = "1 号机"


def idle_sync(bench: Bench) -> Iterator[Line]:
    """Measure it on both databases."""
    with databases(bench.scale.hq.databases) as found:
        for name, new in found.items():
            with TemporaryDirectory(dir=bench.work) as folder:
                yield from _lines(name, new(), Path(folder), bench.scale)


def _lines(name: str, url: str, folder: Path, scale: Scale) -> Iterator[Line]:
    with head_office(folder / "hq", url) as office, bare_door(folder) as bare:
        founded(folder / "till", _TERMINAL)
        till = joined(office, folder / "till", _TERMINAL)
        for _ in range(3):
            till.sync()
        till.line.taken()
        pair = interleaved(
            lambda: _idle(till), bare.nothing, rounds=scale.rounds, times=scale.times // 4 + 1
        )
        asked, seconds = till.line.taken()
        till.close()
    cycles = len(pair.all_ours)
    yield compared("13", f"a sync with nothing to do, {name} / FastAPI no-op", pair, most=4)
    own = sum(pair.all_ours) - seconds
    what = f"  beside it: {asked / cycles:g} requests; ours at the terminal"
    yield Line("13", what, shown(own / cycles))


def _idle(till: Branch) -> float:
    return timed(till.sync)
