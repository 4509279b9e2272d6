"""Wrong PINs: one row each, kept until a reset and marked by a right one."""

from __future__ import annotations

from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, milliseconds


def add(to: Statements, event: Event, subject: UUID) -> None:
    """Remember one wrong PIN."""
    to.execute(
        "INSERT INTO failure (subject, seq, at, cleared) VALUES (?, ?, ?, 0)",
        (subject.bytes, event.seq, milliseconds(event.at)),
    )


def clear(to: Statements, subject: UUID) -> None:
    """End the row of wrong PINs after a right one; they still count towards the day's."""
    to.execute("UPDATE failure SET cleared = 1 WHERE subject = ? AND cleared = 0", (subject.bytes,))


def forget(to: Statements, subject: UUID) -> None:
    """Begin anew after a reset."""
    to.execute("DELETE FROM failure WHERE subject = ?", (subject.bytes,))
