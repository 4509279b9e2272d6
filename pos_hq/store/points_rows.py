"""What moved the points of all members, day by day, and what orders earned them with."""

from __future__ import annotations

from typing import NamedTuple

from pos_hq.store.bulk import fetch
from pos_hq.store.database import Connection
from pos_hq.store.saving import HQ_ITSELF

_MINUTE_MS = 60_000


def _owned(account: str) -> str:
    return " OR ".join(f"{account} LIKE '{holder}:%'" for holder in ("avail", "hold", "debt"))


_MOVED = (
    f"CASE WHEN {_owned('t.source')} THEN t.target ELSE t.source END AS house,"
    f" CASE WHEN {_owned('t.source')} THEN -1 ELSE 1 END AS sign, sum(t.amount), count(*)"
)
_CHANGES = f"t.unit = 'PTS' AND ({_owned('t.source')}) <> ({_owned('t.target')})"


class Moved(NamedTuple):
    """Points that came to members from an account of the house, or went there (sign -1)."""

    when: str
    house: str
    sign: int
    points: int
    transfers: int


class Sold(NamedTuple):
    """What orders of a business day count for and the points they earned, net of returns."""

    day: str
    fen: int
    points: int
    orders: int


def of_terminals(book: Connection, since: str) -> list[Moved]:
    """Return what terminals moved after a day, by business day."""
    asked = (
        f"SELECT e.day, {_MOVED} FROM transfer t JOIN event e ON e.node = t.node"  # noqa: S608 -- our own names
        f" AND e.epoch = t.epoch AND e.seq = t.seq WHERE {_CHANGES} AND e.day > ?"
        " GROUP BY e.day, house, sign"
    )
    return [_moved(row) for row in fetch(book, asked, since)]


def of_hq(book: Connection) -> list[Moved]:
    """Return what HQ moved, by the minute: `when` is that since 1970 UTC."""
    asked = (
        f"SELECT a.at / {_MINUTE_MS} AS minute, {_MOVED} FROM transfer t"  # noqa: S608 -- our own names
        f" JOIN act a ON a.seq = t.seq WHERE t.node = ? AND t.epoch = 0 AND {_CHANGES}"
        " GROUP BY minute, house, sign"
    )
    return [_moved(row) for row in fetch(book, asked, HQ_ITSELF)]


def sold(book: Connection) -> list[Sold]:
    """Return what orders counted for, by business day; deeds beside buying are none."""
    asked = (
        "SELECT on_day, sum(spend), sum(points), count(*) FROM growth WHERE node <> ?"
        " GROUP BY on_day"
    )
    return [Sold(day, *map(int, figures)) for day, *figures in fetch(book, asked, HQ_ITSELF)]


def held(book: Connection) -> int:
    """Return what members have now, less what they owe."""
    asked = "SELECT coalesce(sum(amount), 0) FROM balance WHERE unit = 'PTS' AND member IS NOT NULL"
    return int(fetch(book, asked)[0][0])


def _moved(row: tuple[object, ...]) -> Moved:
    when, house, *figures = row
    return Moved(str(when), str(house), *(int(str(one)) for one in figures))
