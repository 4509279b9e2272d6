"""What each slip says: a receipt's figures in the places that paper has for them."""

from __future__ import annotations

from datetime import datetime, tzinfo

from pos_app.documents.rows import Row
from pos_app.documents.slip import (
    CashGiven,
    Deduction,
    Expiring,
    Head,
    Payment,
    Pockets,
    PointsMoved,
    PointsSpent,
    RefundSlip,
    Return,
    SaleSlip,
    SlipLine,
    SlipMember,
    TopUpSlip,
)
from pos_app.documents.slip_rows import notice_rows, refund_rows, sale_rows, top_up_rows
from pos_app.language import _
from pos_app.ledger.receipts import (
    After,
    ClosingReceipt,
    RefundReceipt,
    SaleReceipt,
    Stamp,
    TopUpReceipt,
)
from pos_app.ledger.rules.basket import Tender, TenderShare
from pos_app.ledger.rules.topup import Campaign
from pos_app.money import Money, Points
from pos_app.ui.coupon_words import coupon_title
from pos_app.ui.paper.closing_slip import closing_slip
from pos_app.ui.paper.feet import foot_of
from pos_app.ui.words import campaign_name, refund_reason

Receipt = SaleReceipt | TopUpReceipt | RefundReceipt | ClosingReceipt
_WHEN = "%Y-%m-%d %H:%M:%S"


def rows_of(receipt: Receipt, zone: tzinfo, reprinted: datetime | None = None) -> tuple[Row, ...]:
    """Return the rows of a receipt's slip; a reprint says so and when."""
    head = _head(receipt.stamp, zone, reprinted)
    match receipt:
        case SaleReceipt():
            return sale_rows(_sale(receipt, head))
        case TopUpReceipt():
            return top_up_rows(_top_up(receipt, head))
        case RefundReceipt():
            return refund_rows(_refund(receipt, head))
        case ClosingReceipt():
            return notice_rows(closing_slip(receipt, head, member_of(receipt.stamp)))


def _sale(receipt: SaleReceipt, head: Head) -> SaleSlip:
    spent = PointsSpent(receipt.points, receipt.points_value) if receipt.points else None
    return SaleSlip(
        head=head,
        member=member_of(receipt.stamp),
        lines=tuple(
            SlipLine(one.title, one.quantity, one.amount) for one in receipt.lines if one.title
        ),
        listed=receipt.listed,
        discounts=_discounts(receipt),
        points_spent=spent,
        rounding=receipt.rounding,
        paid=receipt.payable,
        payments=_payments(receipt.principal, receipt.bonus, receipt.externals),
        cash=_cash(receipt),
        points=_points_of_sale(receipt),
        balance=_balance(receipt.after) if receipt.principal or receipt.bonus else None,
        foot=foot_of(receipt.stamp, _("Keep this slip for returns.")),
    )


def _top_up(receipt: TopUpReceipt, head: Head) -> TopUpSlip:
    member = member_of(receipt.stamp)
    assert member is not None, "a top-up has an owner"
    campaign = Campaign(receipt.campaign)
    name = campaign_name(campaign) if campaign else _("Top-up bonus")
    return TopUpSlip(
        head=head,
        member=member,
        amount=receipt.amount,
        bonuses=(Deduction(name, receipt.bonus),) if receipt.bonus else (),
        payments=(Payment(receipt.tender.value, receipt.amount),),
        balance=_balance(receipt.after),
        foot=foot_of(receipt.stamp, _("Unused principal is returned on request within 7 days.")),
    )


def _refund(receipt: RefundReceipt, head: Head) -> RefundSlip:
    stored = receipt.principal or receipt.bonus
    return RefundSlip(
        head=head,
        kind=Return.VOID if receipt.void else Return.REFUND,
        original=receipt.original_slip,
        reason=refund_reason(receipt.reason),
        member=member_of(receipt.stamp),
        refunded=receipt.money,
        payments=_payments(receipt.principal, receipt.bonus, receipt.externals),
        kept=_kept(receipt),
        coupons_back=tuple(coupon_title(card) for card in receipt.coupons_back),
        points=_points_of_refund(receipt),
        balance=_balance(receipt.after) if stored else None,
        foot=foot_of(receipt.stamp),
    )


def _kept(receipt: RefundReceipt) -> tuple[Deduction, ...]:
    kept = (
        Deduction(_("Kept for spent points"), receipt.kept_for_points),
        Deduction(_("Kept for a gift"), receipt.kept_for_gifts),
    )
    return tuple(one for one in kept if one.amount)


def _head(stamp: Stamp, zone: tzinfo, reprinted: datetime | None) -> Head:
    return Head(
        shop=stamp.store_name,
        terminal=stamp.terminal_name,
        cashier=f"{stamp.operator_name} {stamp.operator_number}",
        number=stamp.slip,
        time=f"{stamp.at.astimezone(zone):{_WHEN}}",
        reprinted="" if reprinted is None else f"{reprinted.astimezone(zone):{_WHEN}}",
    )


def member_of(stamp: Stamp) -> SlipMember | None:
    who = stamp.member
    return (
        None
        if who is None
        else SlipMember(name=who.masked_name, phone=who.masked_phone, tier=who.tier_name)
    )


def _discounts(receipt: SaleReceipt) -> tuple[Deduction, ...]:
    coupons = tuple(
        Deduction(coupon_title(one.card), one.saves) for one in receipt.coupons if one.saves
    )
    if not receipt.item_discount:
        return coupons
    name = _("Member day, pay {percent} %").format(percent=receipt.tier_pct)
    return (Deduction(name, receipt.item_discount), *coupons)


def _payments(
    principal: Money, bonus: Money, outside: tuple[TenderShare, ...]
) -> tuple[Payment, ...]:
    others = tuple(Payment(share.tender.value, share.amount) for share in outside if share.amount)
    if not (principal or bonus):
        return others
    pockets = Pockets(principal, bonus)
    return (Payment(Tender.STORED_VALUE.value, pockets.total, pockets), *others)


def _cash(receipt: SaleReceipt) -> CashGiven | None:
    if receipt.cash_received is None or receipt.change is None:
        return None
    return CashGiven(receipt.cash_received, receipt.change)


def _points_of_sale(receipt: SaleReceipt) -> PointsMoved | None:
    if receipt.after is None or not (receipt.earned or receipt.points):
        return None
    return PointsMoved(
        earned=receipt.earned,
        grown=receipt.grown,
        balance=receipt.after.points,
        expiring=_expiring(receipt.after),
    )


def _points_of_refund(receipt: RefundReceipt) -> PointsMoved | None:
    if receipt.after is None or not (receipt.points_back or receipt.clawback):
        return None
    return PointsMoved(
        returned=receipt.points_back, taken_back=receipt.clawback, balance=receipt.after.points
    )


def _expiring(after: After) -> tuple[Expiring, ...]:
    batch = after.next_expiry
    return (
        ()
        if batch is None
        else (Expiring(Points(batch.points.minor), batch.expires_on.isoformat()),)
    )


def _balance(after: After | None) -> Pockets | None:
    return None if after is None else Pockets(after.principal, after.bonus)
