"""A chain's night: everything that falls due by the calendar, then tags, stages and bands."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.databases import databases
from benchmarks.members_at_hq import lay_members
from benchmarks.memory import megabytes
from benchmarks.report import Line, shown
from benchmarks.scale import Bench
from pos_hq import nights, opening
from pos_hq.fold import accounts
from pos_hq.hq import Hq
from pos_hq.store.bulk import insert_many, run
from pos_hq.store.standing_tables import sale
from pos_hq.store.tables import balance, growth
from tests.e2e.hq_process import HqHome

_MOST_S, _MOST_MB = 15 * 60, 256
_ORDERS = 10
_MEMBERS_AT_ONCE = 10_000
_NEWEST = date(2026, 6, 14)
_KINDS = ("", "", "coffee", "tea", "bakery")
_NODE = bytes(15) + b"\1"
# The first night tells of everybody; then a usual one, a member day's, and a month's first.
_NIGHTS = (date(2026, 6, 15), date(2026, 6, 16), date(2026, 6, 25), date(2026, 7, 1))


def night(bench: Bench) -> Iterator[Line]:
    """Spend four nights over all members, each with ten orders of the last year."""
    with databases(bench.scale.hq.databases) as found:
        for name, new in found.items():
            with TemporaryDirectory(dir=bench.work) as folder:
                home = HqHome.founded(Path(folder) / "hq", new())
                yield from _lines(name, home, bench.scale.chain.members)


def _lines(name: str, home: HqHome, count: int) -> Iterator[Line]:
    at = _At(_NIGHTS[0])
    with opening.opened(home.settings, at) as hq:
        lay_members(hq, count)
        _lay_orders(hq, count)
        before = megabytes()
        for day in _NIGHTS:
            at.day = day
            spent = _Spent(before)
            found = nights.spend(hq, spent.watch)
            seconds, busy = spent.ended()
            due = sum(one.done for one in found.jobs)
            what = f"night of {day}, {count:,} members, {count * _ORDERS:,} orders, {name}"
            told = f"{due:,} due, {found.standing.told:,} told"
            cost = f"CPU {shown(busy)}, + {spent.grown:.0f} MB"
            met = seconds <= _MOST_S and spent.grown <= _MOST_MB
            yield Line("-", what, shown(seconds), told, cost, "<= 15 min", met)


@dataclass
class _At:
    """HQ's clock: ten past midnight in Shanghai."""

    day: date

    def __call__(self) -> datetime:
        return datetime(*self.day.timetuple()[:3], tzinfo=UTC) - timedelta(hours=7, minutes=50)


@dataclass
class _Spent:
    """How long it took, how busy this process was, and by how much it grew."""

    before: float
    grown: float = 0
    began: tuple[float, float] = field(
        default_factory=lambda: (time.perf_counter(), time.process_time())
    )

    def watch(self, _what: str, _done: int, _of: int) -> None:
        self.grown = max(self.grown, megabytes() - self.before)

    def ended(self) -> tuple[float, float]:
        return time.perf_counter() - self.began[0], time.process_time() - self.began[1]


def _lay_orders(hq: Hq, count: int) -> None:
    """Lay orders, what they count for, and the points that came of them, as HQ keeps them."""
    with hq.write() as book:
        run(book, "UPDATE member SET consent_marketing = '2026-01' WHERE visits % 2 = 0")
    for first in range(1, count + 1, _MEMBERS_AT_ONCE):
        places = range(first, min(first + _MEMBERS_AT_ONCE, count + 1))
        with hq.write() as book:
            insert_many(book, sale, [row for one in places for row in _sales(one)])
            insert_many(book, growth, [row for one in places for row in _growth(one)])
            insert_many(book, balance, [row for one in places for row in _points(one)])


def _orders(place: int) -> Iterator[tuple[int, str, int]]:
    """Yield number, day and fen of a member's orders: some buy often, some long ago."""
    span = 60 + place * 7 % 306
    for turn in range(_ORDERS):
        day = _NEWEST - timedelta(days=(place * 31 + turn * 37) % span + place % 60)
        yield place * 16 + turn, day.isoformat(), 1_000 + (place * 97 + turn * 1_013) % 60_000


def _sales(place: int) -> Iterator[tuple[Any, ...]]:
    member = place.to_bytes(16)
    for number, day, fen in _orders(place):
        goods = json.dumps([_KINDS[number % 5], _KINDS[number % 3]])
        stands = (10_000, fen // 100, 0, fen // 500)
        yield (number.to_bytes(16), fen, 0, 0, 0, 0, 0, 0, 0, member, day, goods, *stands)


def _growth(place: int) -> Iterator[tuple[Any, ...]]:
    member = place.to_bytes(16)
    for number, day, fen in _orders(place):
        yield (_NODE, 1, number, member, day, fen, fen // 500, fen // 100, 0)


def _points(place: int) -> Iterator[tuple[Any, ...]]:
    """Yield what is left of points that ran out last month, run out this month, and later."""
    for last_day in ("2026-05-31", "2026-06-30", "2027-11-30")[place % 3 :]:
        account = accounts.avail(accounts.PTS, f"{place:032x}", last_day)
        yield (account, accounts.PTS, 100 + place % 900, place.to_bytes(16), "avail")
