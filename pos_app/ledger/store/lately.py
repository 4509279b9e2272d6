"""What a member did lately: the last events, and how much each month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind, read_event
from pos_app.money import Money

MONEY_KINDS = (Kind.SALE, Kind.REFUND, Kind.VOID, Kind.TOPUP, Kind.ACCOUNT_CLOSE)


@dataclass(frozen=True, slots=True)
class MonthSpend:
    """What a member paid in one calendar month of business days, refunds taken off.

    And in how many orders.
    """

    month: date
    spend: Money
    orders: int


def last_events(
    book: Statements, member: MemberId, limit: int, kinds: tuple[Kind, ...] = MONEY_KINDS
) -> tuple[Event, ...]:
    """Return the member's latest events of these kinds, newest first."""
    marks = ", ".join("?" * len(kinds))
    rows = book.execute(
        f"SELECT seq, payload, hash FROM journal WHERE member = ? AND kind IN ({marks})"  # noqa: S608 -- only question marks
        " ORDER BY seq DESC LIMIT ?",
        (member.bytes, *(kind.value for kind in kinds), limit),
    )
    return tuple(read_event(*row) for row in rows)


def months_of(book: Statements, member: MemberId, *, first: date) -> tuple[MonthSpend, ...]:
    """Return the months since the first of `first` in which the member bought, oldest first."""
    rows = book.execute(
        "SELECT substr(s.day, 1, 7), sum(s.payable - s.returned_amount), count(*)"
        " FROM growth g JOIN sale s ON s.seq = g.seq"
        " WHERE g.member = ? AND g.on_day >= ? GROUP BY 1 ORDER BY 1",
        (member.bytes, first.replace(day=1).isoformat()),
    )
    return tuple(
        MonthSpend(date.fromisoformat(f"{month}-01"), Money(spend), orders)
        for month, spend, orders in rows
    )


def acked_seq(book: Statements) -> int:
    """Return the last place of the chain that HQ has acknowledged."""
    return int(book.execute("SELECT acked_seq FROM node_state").fetchone()[0])
