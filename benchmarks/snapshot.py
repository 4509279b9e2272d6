"""All members of a chain told to a new terminal: how fast, and what HQ holds in memory for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import databases
from benchmarks.head_office import Branch, HeadOffice, founded, head_office, joined, opened
from benchmarks.measure import percentile
from benchmarks.members_at_hq import lay_members
from benchmarks.memory import megabytes
from benchmarks.report import Line, shown
from benchmarks.scale import Bench
from pos_hq import opening

_AT_MOST_MB = 64
_TERMINAL = "1 号机"


def snapshot(bench: Bench) -> Iterator[Line]:
    """Read all members; in the middle HQ is started anew."""
    with databases(bench.scale.hq.databases) as found:
        name, new = next(iter(found.items()))
        with TemporaryDirectory(dir=bench.work) as folder:
            yield from _lines(name, new(), Path(folder), bench.scale.chain.members)


def _lines(name: str, database: str, folder: Path, count: int) -> Iterator[Line]:
    with head_office(folder / "hq", database) as office:
        founded(folder / "till", _TERMINAL)
        joined(office, folder / "till", _TERMINAL).close()
        with opening.opened(office.home.settings) as hq:
            lay_members(hq, count)
        reading = _Reading(office, folder / "till")
        reading.read(count // 2)
        office.restart()
        reading.read(count)
    grown = reading.most_mb - reading.least_mb
    whole = reading.heard == count == len(reading.told)
    seconds = sum(reading.seconds)
    what = f"snapshot of {count:,} members, {name}"
    slow, usual = percentile(reading.seconds, 99), percentile(reading.seconds, 50)
    rate = f"{reading.heard / seconds:,.0f}/s"
    yield Line("-", what, shown(seconds), rate, f"page p50 {shown(usual)}, p99 {shown(slow)}")
    heard = f"{len(reading.told):,}"
    yield Line("-", "  each member once, HQ restarted on the way", heard, "", "", "all", whole)
    yield Line(
        "-",
        "  HQ's memory grown from the first page to the last",
        f"{grown:.0f} MB",
        f"{reading.most_mb:.0f} MB",
        "",
        f"<= {_AT_MOST_MB} MB",
        grown <= _AT_MOST_MB,
    )


class _Reading:
    """A terminal that reads the snapshot, and watches HQ's process."""

    def __init__(self, office: HeadOffice, folder: Path) -> None:
        self._office = office
        self._folder = folder
        self._after: str | None = None
        self.heard = 0
        self.told: set[str] = set()
        self.seconds: list[float] = []
        self.least_mb, self.most_mb = float("inf"), 0.0

    def read(self, until: int) -> None:
        """Go on where the last answer ended, in a session of its own."""
        till = opened(self._office.url, self._folder, _TERMINAL)
        while self.heard < until:
            self._page(till)
        till.close()

    def _page(self, till: Branch) -> None:
        till.line.taken()
        page = till.hq.snapshot(self._after)
        self.seconds.append(till.line.taken()[1])
        held = megabytes(self._office.running.process.pid)
        self.least_mb, self.most_mb = min(self.least_mb, held), max(self.most_mb, held)
        self.heard += len(page.items)
        self.told |= {item.id for item in page.items}
        self._after = page.next
