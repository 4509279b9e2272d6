"""Which committed slips have not been on paper yet.

A crash between commit and print forgets none.
"""

from __future__ import annotations

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store import slip_rows


def pending_slips(ledger: Ledger) -> tuple[int, ...]:
    """Return the places of sales, top-ups and refunds whose slip was never printed.

    Oldest first.
    """
    return slip_rows.never_printed(ledger.read())


def mark_printed(ledger: Ledger, seq: int) -> None:
    """Remember that the slip of this event was sent to the printer. Doing it twice is harmless."""
    with ledger.write() as book:
        slip_rows.mark(book, seq, book.now)


def mark_all_printed(ledger: Ledger) -> None:
    """Remember that every slip so far needs no printing."""
    with ledger.write() as book:
        for seq in slip_rows.never_printed(book):
            slip_rows.mark(book, seq, book.now)
