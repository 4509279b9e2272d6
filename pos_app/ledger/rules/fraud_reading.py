"""What an event of the book tells the fraud signals: its deeds, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pos_app.ids import EventId, MemberId, NodeId, OperatorId
from pos_app.ledger.rules.fraud_rows import NO_MONEY, Deed, Doing
from pos_app.money import Money, Points

# The kinds of events of which a signal may be made.
KINDS = (
    "MEMBER_NEW",
    "COUPON_ISSUE",
    "TOPUP",
    "SALE",
    "REFUND",
    "VOID",
    "ACCOUNT_CLOSE",
)


@dataclass(frozen=True, slots=True)
class Written:
    """An event as either side keeps it; what its body leaves out has its usual value."""

    id: EventId
    at: datetime
    kind: str
    till: NodeId
    member: MemberId | None
    operator: OperatorId | None
    of: EventId | None
    body: Mapping[str, Any]


def doings_of(written: Written) -> tuple[Doing, ...]:
    """Return what was done. An event that nobody can read tells nothing: it is looked at elsewhere.

    A coupon without an operator was given by the rules, and is no adjustment. The member stands
    for the payer of a top-up: nobody else is asked for.
    """
    read = _READ.get(written.kind)
    try:
        return () if read is None else read(written)
    except (LookupError, TypeError, ValueError, AttributeError):
        return ()


def _doing(written: Written, deed: Deed, amount: Money = NO_MONEY) -> Doing:
    who = (written.member, written.operator, written.till)
    return Doing(written.id, written.at, deed, *who, amount)


def _registered(written: Written) -> tuple[Doing, ...]:
    return (_doing(written, Deed.REGISTER),)


def _adjusted(written: Written) -> tuple[Doing, ...]:
    return () if written.operator is None else (_doing(written, Deed.ADJUST),)


def _topped_up(written: Written) -> tuple[Doing, ...]:
    payer = "" if written.member is None else written.member.hex
    return (replace(_doing(written, Deed.TOP_UP, _money(written, "amount")), payer=payer),)


def _sold(written: Written) -> tuple[Doing, ...]:
    points = Points(int(written.body.get("earned", {}).get("points", 0)))
    order = replace(_doing(written, Deed.SALE, _money(written, "payable")), points=points)
    paid = _money(written, "stored_value")
    return (order, _doing(written, Deed.PAY, paid)) if paid else (order,)


def _returned(written: Written) -> tuple[Doing, ...]:
    undoes = written.body.get("tier") is not None
    back = _doing(written, Deed.REFUND, _money(written, "money"))
    return (replace(back, of=written.of, undoes_upgrade=undoes),)


def _closed(written: Written) -> tuple[Doing, ...]:
    return (_doing(written, Deed.CASH_OUT, _money(written, "money")),)


def _money(written: Written, name: str) -> Money:
    return Money(int(written.body.get(name, 0)))


_READ: Mapping[str, Callable[[Written], tuple[Doing, ...]]] = dict(
    zip(
        KINDS,
        (_registered, _adjusted, _topped_up, _sold, _returned, _returned, _closed),
        strict=True,
    )
)
