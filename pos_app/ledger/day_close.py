"""Closing a business day: what it moved in every class of accounts, for HQ to compare."""

from __future__ import annotations

from datetime import date

from pos_app.ids import IntentId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.returns import return_all
from pos_app.ledger.rights import Deed, ensure_may
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store import day_figures, real_name_rows, right_rows
from pos_app.ledger.store.event import Draft, Event, Json, Kind


def close_day(ledger: Ledger, day: date, *, operator: OperatorId, intent: IntentId) -> Event:
    """Write down a business day's figures; repeating the call returns the first close.

    Rights beyond a frequent member's allowance have gone back before, so that nobody is kept from
    them overnight. A day may be closed again: the latest close counts.
    Raises OperatorUnknown, NotAllowed.
    """
    with ledger.write() as book:
        event = book.event_of_intent(intent)
        if event is not None:
            return event
        ensure_may(book, Deed(Act.CLOSE_DAY, operator, intent), key=ledger.capability_key)
        for member in right_rows.without_term(book):
            return_all(book, member, "day_close")
        real_name_rows.forget_due(book, book.today)
        body: dict[str, Json] = {
            "day": day.isoformat(),
            "classes": day_figures.of_day(book, day.isoformat()),
            "head_seq": book.head.seq,
            "head_hash": book.head.hash.hex(),
        }
        return book.append(Draft(Kind.DAY_CLOSE, body, operator=operator, intent=intent))
