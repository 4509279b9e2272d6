"""How much and how often a member paid by stored value lately, for the limits that step up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import milliseconds
from pos_app.money import Money

_USAGE = (
    "SELECT coalesce(sum(CASE WHEN day = ?1 THEN stored_value END), 0),"
    " coalesce(sum(day = ?1), 0), coalesce(sum(at >= ?2), 0)"
    " FROM growth g JOIN sale s ON s.seq = g.seq WHERE g.member = ?3 AND g.on_day >= ?4"
    " AND s.stored_value > 0 AND (s.day = ?1 OR s.at >= ?2)"
)


@dataclass(frozen=True, slots=True)
class Usage:
    """Stored-value payments of this business day, and of the velocity window."""

    spent_today: Money
    payments_today: int
    payments_in_window: int


def usage_of(book: Statements, member: MemberId, today: date, window_start: datetime) -> Usage:
    """Return the member's stored-value payments at this terminal, without the one being made."""
    since = min(today, window_start.date()) - timedelta(days=1)
    asked = (today.isoformat(), milliseconds(window_start), member.bytes, since.isoformat())
    spent, day, window = book.execute(_USAGE, asked).fetchone()
    return Usage(Money(spent), day, window)
