"""Slips on file: opened with their event, closed by the printer."""

from __future__ import annotations

from datetime import datetime

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import milliseconds


def expect(book: Statements, seq: int) -> None:
    """Expect a slip for this event; called in the transaction that commits it."""
    book.execute("INSERT INTO slip_state (seq, printed_at) VALUES (?, NULL)", (seq,))


def never_printed(book: Statements) -> tuple[int, ...]:
    """Return the events whose slip is still expected, oldest first."""
    rows = book.execute("SELECT seq FROM slip_state WHERE printed_at IS NULL ORDER BY seq")
    return tuple(int(seq) for (seq,) in rows)


def mark(book: Statements, seq: int, at: datetime) -> None:
    """Close a slip; the first time counts."""
    book.execute(
        "UPDATE slip_state SET printed_at = ? WHERE seq = ? AND printed_at IS NULL",
        (milliseconds(at), seq),
    )
