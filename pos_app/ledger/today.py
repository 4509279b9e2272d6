"""What an operator has done in this business day, from the events and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ids import OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.day_rows import day_events
from pos_app.ledger.store.event import Event, Kind
from pos_app.money import Money


@dataclass(frozen=True, slots=True)
class Today:
    """Counts and sums of one operator's business day.

    `cash_in` is cash taken less cash given back.
    """

    orders: int
    sales: Money
    top_ups: int
    top_up_sum: Money
    refunds: int
    refund_sum: Money
    cash_in: Money


def of_operator(ledger: Ledger, operator: OperatorId) -> Today:
    """Return the operator's figures of the business day so far."""
    events = day_events(ledger.read(), ledger.today(), operator)
    sales = [event for event in events if event.kind is Kind.SALE]
    top_ups = [event for event in events if event.kind is Kind.TOPUP]
    back = [event for event in events if event.kind in {Kind.REFUND, Kind.VOID}]
    return Today(
        orders=len(sales),
        sales=Money(sum(event.body["payable"] for event in sales)),
        top_ups=len(top_ups),
        top_up_sum=Money(sum(event.body["amount"] for event in top_ups)),
        refunds=len(back),
        refund_sum=Money(sum(event.body["money"] for event in back)),
        cash_in=Money(sum(_cash(event) for event in events)),
    )


def _cash(event: Event) -> int:
    """Return what the event put into the till.

    What left a cash tender account, less what came back to it.
    """
    taken = sum(move.amount for move in event.transfers if _is_cash(move.source))
    return taken - sum(move.amount for move in event.transfers if _is_cash(move.target))


def _is_cash(account: str) -> bool:
    return account.startswith("tender:") and account.endswith(":cash")
