"""The money events of one business day."""

from __future__ import annotations

from datetime import date

from pos_app.ids import OperatorId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, read_event
from pos_app.ledger.store.lately import MONEY_KINDS


def day_events(book: Statements, day: date, operator: OperatorId) -> tuple[Event, ...]:
    """Return an operator's sales, top-ups, refunds and voids of a business day, oldest first."""
    marks = ", ".join("?" * len(MONEY_KINDS))
    rows = book.execute(
        f"SELECT seq, payload, hash FROM journal WHERE day = ? AND kind IN ({marks}) ORDER BY seq",  # noqa: S608 -- only question marks
        (day.isoformat(), *(kind.value for kind in MONEY_KINDS)),
    )
    events = (read_event(*row) for row in rows)
    return tuple(event for event in events if event.operator == operator)
