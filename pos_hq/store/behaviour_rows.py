"""What members did beside buying, and what it was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos_app.ledger.rules.behaviours import ONCE_A_DAY, ONCE_EVER, Behaviour, Done
from pos_app.money import Growth, Points
from pos_hq.fold.values import Rewarding
from pos_hq.store import feed_rows
from pos_hq.store.bulk import fetch, fetch_of, insert_many
from pos_hq.store.database import Connection
from pos_hq.store.integration_tables import behaviour as table

SHOWN = 20
_COLUMNS = (
    "seq, member, told_of, behaviour, at, on_day, worth, points, pending, growth_worth, growth,"
    " streak"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that was done, as it was told, and everything that was found about it."""

    seq: int
    member: str
    told_of: str
    behaviour: str
    at: int
    on_day: str
    worth: int
    points: int
    pending: int
    growth_worth: int
    growth: int
    streak: int


def kept(book: Connection, integration: bytes, reference: str) -> Kept | None:
    """Return what was answered under a reference."""
    asked = f"SELECT {_COLUMNS} FROM behaviour WHERE integration = ? AND reference = ?"  # noqa: S608 -- our own names
    rows = fetch(book, asked, integration, reference)
    return _kept(rows[0]) if rows else None


def done(book: Connection, member: str, day: date) -> list[Done]:
    """Return what a member did that day, and ever of what counts for longer."""
    longer = ", ".join(f"'{one.value}'" for one in sorted(ONCE_EVER | ONCE_A_DAY))
    asked = (
        "SELECT on_day, behaviour, points + pending, growth FROM behaviour"  # noqa: S608 -- our own names
        f" WHERE member = ? AND (on_day = ? OR behaviour IN ({longer}))"
    )
    rows = fetch(book, asked, bytes.fromhex(member), day.isoformat())
    return [
        Done(date.fromisoformat(on), Behaviour(what), Points(points), Growth(growth))
        for on, what, points, growth in rows
    ]


def earned_on(book: Connection, member: str, day: date) -> Points:
    """Return all points that were credited to a member for a day."""
    asked = "SELECT coalesce(sum(points), 0) FROM growth WHERE member = ? AND on_day = ?"
    rows = fetch(book, asked, bytes.fromhex(member), day.isoformat())
    return Points(max(int(rows[0][0]), 0))


def next_seq(book: Connection) -> int:
    """Wait for the turn to commit, and return the next place."""
    feed_rows.take_turn(book)
    return int(fetch(book, "SELECT coalesce(max(seq), 0) + 1 FROM behaviour")[0][0])


def keep(book: Connection, integration: bytes, reference: str, one: Kept) -> None:
    """Write down what was done."""
    row = (
        integration, reference, one.seq, bytes.fromhex(one.member), bytes.fromhex(one.told_of),
        one.behaviour, one.at, one.on_day, one.worth, one.points, one.pending, one.growth_worth,
        one.growth, one.streak,
    )  # fmt: skip
    insert_many(book, table, [row])


def latest(book: Connection, members: Sequence[bytes]) -> dict[str, list[Rewarding]]:
    """Return what members did last that was given anything, the newest first."""
    asked = (
        "SELECT member, at, behaviour, points, pending, growth FROM (SELECT member, at, behaviour,"
        " points, pending, growth, row_number() OVER (PARTITION BY member ORDER BY at DESC,"
        " seq DESC) AS place FROM behaviour WHERE member IN {keys}"
        " AND points + pending + growth > 0) AS b WHERE place <= ? ORDER BY member, place"
    )
    found: defaultdict[str, list[Rewarding]] = defaultdict(list)
    for member, *told in fetch_of(book, asked, members, SHOWN):
        found[bytes(member).hex()].append(Rewarding(*told))
    return found


def _kept(row: Any) -> Kept:  # noqa: ANN401 -- a row is whatever its SQL says
    seq, member, told_of, *others = row
    return Kept(seq, bytes(member).hex(), bytes(told_of).hex(), *others)
