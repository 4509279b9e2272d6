"""Held orders as the ledger file holds them: no events, no money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import milliseconds, moment
from pos_app.money import Money


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One order put aside; the body is its canonical JSON."""

    id: UUID
    at: datetime
    member: MemberId | None
    amount: Money
    body: str


def add(book: Statements, row: HeldRow) -> None:
    """Put one aside."""
    member = None if row.member is None else row.member.bytes
    book.execute(
        "INSERT INTO held_order (id, at, member, amount, body) VALUES (?, ?, ?, ?, ?)",
        (row.id.bytes, milliseconds(row.at), member, row.amount.minor, row.body),
    )


def all_held(book: Statements) -> tuple[HeldRow, ...]:
    """Return all that are put aside, oldest first."""
    rows = book.execute("SELECT id, at, member, amount, body FROM held_order ORDER BY at, id")
    return tuple(
        HeldRow(
            UUID(bytes=identity),
            moment(at),
            None if member is None else MemberId(UUID(bytes=member)),
            Money(amount),
            body,
        )
        for identity, at, member, amount, body in rows
    )


def remove(book: Statements, order: UUID) -> None:
    """Forget one."""
    book.execute("DELETE FROM held_order WHERE id = ?", (order.bytes,))
