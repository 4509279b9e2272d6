"""One node's business day, from HQ's own transfers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pos_hq.store.bulk import fetch
from pos_hq.store.database import Connection


def nodes(book: Connection, day: str, end: int) -> Sequence[Any]:
    """Return who has to close a business day that ends then: identity, epoch, store and name.

    These are the terminals that were alive, and every chain that has something of that day.
    """
    return fetch(
        book,
        "SELECT e.node, e.epoch, n.store, n.terminal_name FROM node_epoch e"
        " JOIN node n ON n.id = e.node"
        " WHERE e.epoch = n.epoch AND n.status <> 'revoked' AND e.opened_at < ?"
        " OR EXISTS (SELECT 1 FROM event v WHERE v.node = e.node AND v.epoch = e.epoch"
        " AND v.day = ?) ORDER BY n.store, n.terminal_name, e.epoch",
        end,
        day,
    )


def closes(book: Connection, node: bytes, epoch: int, day: str) -> list[tuple[int, bytes]]:
    """Return the day closes of a chain since a business day, the latest first."""
    asked = (
        "SELECT seq, payload FROM event WHERE node = ? AND epoch = ? AND kind = 'DAY_CLOSE'"
        " AND day >= ? ORDER BY seq DESC"
    )
    return [(seq, bytes(payload)) for seq, payload in fetch(book, asked, node, epoch, day)]


def hash_at(book: Connection, node: bytes, epoch: int, seq: int) -> bytes:
    """Return the hash at a place of a chain; empty where HQ has none."""
    asked = "SELECT hash FROM event WHERE node = ? AND epoch = ? AND seq = ?"
    rows = fetch(book, asked, node, epoch, seq)
    return bytes(rows[0][0]) if rows else b""


def day_moves(book: Connection, node: bytes, epoch: int, day: str, last: int) -> Sequence[Any]:
    """Return the transfers of a business day up to a place: source, target, unit, amount."""
    return fetch(
        book,
        "SELECT t.source, t.target, t.unit, t.amount FROM transfer t JOIN event e"
        " ON e.node = t.node AND e.epoch = t.epoch AND e.seq = t.seq"
        " WHERE e.node = ? AND e.epoch = ? AND e.day = ? AND e.seq <= ?",
        *(node, epoch, day, last),
    )


def taken(book: Connection, day: str) -> dict[tuple[str, str], int]:
    """Return what each store took on a day, less what it paid out, by tender.

    Stored value is taken where it pays for goods.
    """
    moved = (
        "SELECT t.source, t.target, t.amount FROM transfer t JOIN event e"
        " ON e.node = t.node AND e.epoch = t.epoch AND e.seq = t.seq WHERE e.day = ? AND"
        " (t.source LIKE 'tender:%' OR t.target LIKE 'tender:%'"
        " OR t.source LIKE 'sales:%' OR t.target LIKE 'sales:%')"
    )
    sums: Counter[tuple[str, str]] = Counter()
    for source, target, amount in fetch(book, moved, day):
        for account, other, sign in ((source, target, 1), (target, source, -1)):
            of = _tender(account, other)
            if of is not None:
                sums[of] += sign * int(amount)
    return dict(sums)


def _tender(account: str, other: str) -> tuple[str, str] | None:
    """Return store and tender of money that came from an account."""
    kind, *rest = account.split(":")
    if kind == "tender":
        return rest[0], rest[-1]
    if kind == "hold" and other.startswith("sales:"):
        return other.split(":")[1], "stored_value"
    return None


def all_moves(book: Connection, node: bytes, epoch: int, last: int) -> Sequence[Any]:
    """Return what a chain has moved in and out of every account up to a place."""
    return fetch(
        book,
        "SELECT account, unit, sum(amount) FROM ("
        " SELECT source AS account, unit, -amount AS amount FROM transfer"
        "  WHERE node = ? AND epoch = ? AND seq <= ?"
        " UNION ALL SELECT target, unit, amount FROM transfer"
        "  WHERE node = ? AND epoch = ? AND seq <= ?) m GROUP BY account, unit",
        *(node, epoch, last, node, epoch, last),
    )


def receipts(book: Connection, node: bytes, epoch: int, last: int) -> list[tuple[str, bytes]]:
    """Return receipts of grants that HQ had booked when it granted: day and payload."""
    asked = (
        "SELECT e.day, e.payload FROM event e WHERE e.node = ? AND e.epoch = ? AND e.kind = 'GOT'"
        " AND e.seq <= ? AND NOT EXISTS (SELECT 1 FROM transfer t WHERE t.node = e.node"
        "  AND t.epoch = e.epoch AND t.seq = e.seq AND t.source LIKE 'avail:%')"
    )
    return [(day, bytes(payload)) for day, payload in fetch(book, asked, node, epoch, last)]
