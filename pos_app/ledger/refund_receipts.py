"""The receipt of a refund or void, read back from its event."""

from __future__ import annotations

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import RefundReceipt
from pos_app.ledger.sale_receipts import coupon_from, shares_from
from pos_app.ledger.stamps import after_from, stamp_of
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind
from pos_app.money import Money, Points


def refund_receipt_of(ledger: Ledger, reader: Statements, event: Event) -> RefundReceipt:
    """Return the receipt of a committed refund or void."""
    body, rules = event.body, ledger.programme_of(event.programme)
    return RefundReceipt(
        stamp=stamp_of(ledger, reader, event),
        original_slip=body["original"],
        void=event.kind is Kind.VOID,
        reason=body["reason"],
        money=Money(body["money"]),
        externals=shares_from(body["externals"]),
        principal=Money(body["principal"]),
        bonus=Money(body["bonus"]),
        points_back=Points(body["points"]),
        clawback=Points(body["taken_back"]["points"]),
        debt=Points(body["debt"]),
        coupons_back=tuple(coupon_from(back, rules) for back in body["coupons_back"]),
        after=after_from(body["after"]),
        kept_for_points=Money(body["deducted_for_points"]),
        kept_for_gifts=Money(body["deducted_for_gifts"]),
    )
