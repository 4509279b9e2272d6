"""The receipt of a sale, read back from its event: a reprint tells what the first print told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pos_app.ids import CouponId
from pos_app.ledger.counter import CouponCard, coupon_card
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import CouponOnSlip, LineOnSlip, SaleReceipt
from pos_app.ledger.rules.basket import Tender, TenderShare
from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tiers import tier_name
from pos_app.ledger.stamps import after_from, stamp_of
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event
from pos_app.money import Growth, Money, Points, total_of


def sale_receipt_of(ledger: Ledger, reader: Statements, event: Event) -> SaleReceipt:
    """Return the receipt of a committed sale."""
    body, rules = event.body, ledger.programme_of(event.programme)
    externals = shares_from(body["externals"])
    earned = body["earned"]
    return SaleReceipt(
        stamp=stamp_of(ledger, reader, event),
        lines=tuple(_line(line) for line in body["lines"]),
        listed=Money(body["listed"]),
        item_discount=Money(body["item_discount"]),
        tier_pct=body["tier_pct"],
        coupons=tuple(_coupon(used, rules) for used in body["coupons"]),
        points=Points(body["points"]),
        points_value=Money(body["points_value"]),
        rounding=Money(body["rounding"]),
        payable=Money(body["payable"]),
        principal=Money(body["principal"]),
        bonus=Money(body["bonus"]),
        externals=externals,
        cash_received=_received(body),
        change=_change(body, externals),
        earned=Points(earned["points"]),
        pending=Points(earned["pending"]),
        grown=Growth(earned["growth"]),
        tier_up=None if body["tier"] is None else tier_name(body["tier"]["code"], rules),
        after=after_from(body["after"]),
    )


def shares_from(records: list[Mapping[str, Any]]) -> tuple[TenderShare, ...]:
    """Decode tender shares."""
    return tuple(TenderShare(Tender(share["tender"]), Money(share["amount"])) for share in records)


def _line(line: Mapping[str, Any]) -> LineOnSlip:
    amount = Money(line["unit_price"]).times(line["quantity"])
    return LineOnSlip(line["title"], line["quantity"], amount)


def coupon_from(record: Mapping[str, Any], rules: Programme) -> CouponCard:
    """Decode a coupon that an event names, with what its template said."""
    until = date.fromisoformat(record["valid_until"])
    coupon = CouponId(UUID(record["coupon"]))
    return coupon_card(HeldCoupon(coupon, record["template"], until, until), rules)


def _coupon(used: Mapping[str, Any], rules: Programme) -> CouponOnSlip:
    return CouponOnSlip(coupon_from(used, rules), Money(used["saves"]))


def _received(body: Mapping[str, Any]) -> Money | None:
    return None if body["cash_received"] is None else Money(body["cash_received"])


def _change(body: Mapping[str, Any], externals: tuple[TenderShare, ...]) -> Money | None:
    received = _received(body)
    cash = total_of([share.amount for share in externals if share.tender is Tender.CASH])
    return None if received is None else received - cash
