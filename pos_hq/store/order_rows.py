"""Orders as the chains tell them: which sale, made where, and what has come back of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pos_hq.store.bulk import fetch, fetch_of
from pos_hq.store.database import Connection

_SOLD = (
    "SELECT v.event_id, v.node, v.epoch, v.seq, n.store, s.name, n.terminal_name, v.payload"
    " FROM node_epoch e JOIN event v ON v.node = e.node AND v.epoch = e.epoch"
    " JOIN node n ON n.id = v.node JOIN store s ON s.code = n.store"
)
_BY_ID = f"{_SOLD} WHERE v.event_id = ? AND v.kind = 'SALE'"
# One look at the key for every chain there is: places are numbered in each of them.
_BY_PLACE = (
    f"{_SOLD} WHERE v.seq = ? AND v.day = ? AND v.kind = 'SALE' AND v.event_id IS NOT NULL"
    " ORDER BY v.at DESC LIMIT ?"
)
_OF_MEMBER = (
    f"{_SOLD} WHERE v.member = ? AND v.kind = 'SALE' AND v.event_id IS NOT NULL"
    " ORDER BY v.at DESC LIMIT ?"
)
_RETURNS = (
    "SELECT of, event_id, node, payload FROM event WHERE of IN {keys}"
    " AND kind IN ('REFUND', 'VOID') AND event_id IS NOT NULL ORDER BY received_at, node, seq"
)


@dataclass(frozen=True, slots=True)
class SoldRow:
    """A sale as its terminal wrote it down, and where that was."""

    event: bytes
    node: bytes
    epoch: int
    seq: int
    store: str
    store_name: str
    terminal_name: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return of a sale, as its terminal wrote it down."""

    sale: bytes
    event: bytes
    node: bytes
    payload: bytes


def by_id(book: Connection, sale: bytes) -> SoldRow | None:
    """Return the sale of this identity."""
    rows = fetch(book, _BY_ID, sale)
    return _sold(rows[0]) if rows else None


def by_slip(book: Connection, day: str, seq: int, limit: int) -> list[SoldRow]:
    """Return the sales of a business day that stand at this place of any chain, latest first."""
    return [_sold(row) for row in fetch(book, _BY_PLACE, seq, day, limit)]


def of_member(book: Connection, member: bytes, limit: int) -> list[SoldRow]:
    """Return a member's sales, the latest first."""
    return [_sold(row) for row in fetch(book, _OF_MEMBER, member, limit)]


def returns(book: Connection, sales: Sequence[bytes]) -> list[ReturnRow]:
    """Return what came back of these sales, at whatever till, in the order HQ heard of it."""
    rows = fetch_of(book, _RETURNS, sales)
    return [ReturnRow(*map(bytes, row)) for row in rows]


def _sold(row: Any) -> SoldRow:  # noqa: ANN401 -- a row is whatever its SQL says
    event, node, epoch, seq, store, store_name, terminal_name, payload = row
    place = (epoch, seq, store, store_name, terminal_name)
    return SoldRow(bytes(event), bytes(node), *place, bytes(payload))
