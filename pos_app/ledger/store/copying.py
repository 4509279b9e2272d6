"""The journal as it is copied: exact rows, read by a connection of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pos_app.ids import NodeId
from pos_app.ledger.store.driver import Statements

_ROWS = "SELECT seq, payload, hash, sig, day FROM journal WHERE seq > ? ORDER BY seq LIMIT ?"


@dataclass(frozen=True, slots=True)
class Stored:
    """One event as it lies in the journal; `day` is its business day, like 2026-06-15."""

    seq: int
    payload: bytes
    hash: bytes
    signature: bytes
    day: str = ""


def owner_of(book: Statements) -> tuple[NodeId, int]:
    """Return the node and the epoch of a ledger."""
    node, epoch = book.execute("SELECT node, epoch FROM node_state").fetchone()
    return NodeId(UUID(bytes=node)), epoch


def stored_after(book: Statements, seq: int, most: int) -> list[Stored]:
    """Return the events after a place, in order."""
    return [Stored(*row) for row in book.execute(_ROWS, (seq, most))]
