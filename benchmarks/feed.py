"""How long a terminal reads until it knows what HQ knows of very many changed members."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import databases
from benchmarks.head_office import Branch, founded, head_office, joined, read_all
from benchmarks.measure import timed
from benchmarks.members_at_hq import lay_members
from benchmarks.report import Line, shown
from benchmarks.scale import Bench
from pos_hq import opening

_AT_MOST_S = 20
_TERMINAL = "1 号机"


def feed(bench: Bench) -> Iterator[Line]:
    """Measure members that are new to the terminal, then the same ones changed."""
    with databases(bench.scale.hq.databases) as found:
        name, new = next(iter(found.items()))
        with TemporaryDirectory(dir=bench.work) as folder:
            yield from _lines(name, new(), Path(folder), bench.scale.hq.changed)


def _lines(name: str, database: str, folder: Path, count: int) -> Iterator[Line]:
    with head_office(folder / "hq", database) as office:
        founded(folder / "till", _TERMINAL)
        till = joined(office, folder / "till", _TERMINAL)
        till.sync()
        with opening.opened(office.home.settings) as hq:
            for what in ("new", "changed"):
                lay_members(hq, count, note=what)
                yield _line(f"{count:,} {what} members heard of, {name}", till, count)
        till.close()


def _line(what: str, till: Branch, count: int) -> Line:
    till.line.taken()
    seconds = timed(lambda: read_all(till.at, till.hq))
    asked, answered = till.line.taken()
    return Line(
        "-",
        f"{what}, {asked} pages",
        shown(seconds),
        f"{count / seconds:,.0f}/s",
        f"HQ and the line {shown(answered)}",
        f"<= {_AT_MOST_S} s",
        seconds <= _AT_MOST_S,
    )
