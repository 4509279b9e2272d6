"""The receipt of a closing, read back from its event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import ClosingReceipt, LotOnSlip
from pos_app.ledger.rules.closing import Cause, Ground
from pos_app.ledger.rules.prepaid_law import PayoutWay
from pos_app.ledger.stamps import after_from, stamp_of
from pos_app.ledger.store import closing_rows
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event
from pos_app.money import BasisPoints, Money


def closing_receipt_of(ledger: Ledger, reader: Statements, event: Event) -> ClosingReceipt:
    """Return the receipt of a closing; the account's digits only while its sidecar is kept."""
    body, after = event.body, after_from(event.body["after"])
    assert after is not None, "an account has an owner"
    return ClosingReceipt(
        stamp=stamp_of(ledger, reader, event),
        cause=Cause(body["cause"]),
        ended_on=date.fromisoformat(body["ended_on"]),
        lots=tuple(_lot(lot) for lot in body["lots"]),
        refund=Money(body["refund"]),
        interest=Money(body["interest"]),
        payout=Money(body["money"]),
        kept=Money(body["kept"]),
        cancelled=Money(body["cancelled"]),
        way=PayoutWay(body["way"]),
        account_tail=closing_rows.account_tail(reader, event.id),
        pay_by=date.fromisoformat(body["pay_by"]),
        after=after,
    )


def _lot(told: Mapping[str, Any]) -> LotOnSlip:
    return LotOnSlip(
        paid_on=date.fromisoformat(told["paid_on"]),
        paid=Money(told["paid"]),
        bonus=Money(told["bonus"]),
        ground=Ground(told["ground"]),
        consumed=Money(told["consumed"]),
        refund=Money(told["refund"]),
        cancelled=Money(told["cancelled"]),
        rate=BasisPoints(told["rate"]),
        days=told["days"],
        interest=Money(told["interest"]),
    )
