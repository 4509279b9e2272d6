"""The transfers of stored value, points and coupons, spelled once for every use case."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.ids import CouponId, LotId, MemberId
from pos_app.ledger.rules.basket import Tender, TenderShare
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.wallet import LotSpend
from pos_app.ledger.store import accounts
from pos_app.ledger.store.event import Transfer
from pos_app.money import Money, Points

Moves = tuple[Transfer, ...]


def money(source: str, target: str, amount: Money) -> Moves:
    """Move money; nothing to move is no transfer."""
    return (Transfer(source, target, accounts.CNY, amount.minor),) if amount else ()


def points(source: str, target: str, amount: Points) -> Moves:
    """Move points; nothing to move is no transfer."""
    return (Transfer(source, target, accounts.PTS, amount.minor),) if amount else ()


def share_account(member: MemberId | None, share: TenderShare, store: str) -> str:
    """Name where an external share comes from and goes back to; credit is owed by the member."""
    if share.tender is not Tender.CREDIT:
        return accounts.tender(store, share.tender.value)
    assert member is not None, "somebody owes"
    return accounts.receivable(member)


def spend_lots(member: MemberId, spends: Iterable[LotSpend], store: str) -> Moves:
    """Take stored value out of its lots for goods."""
    return tuple(move for spend in spends for move in _lot_to_sales(member, spend, store))


def refill_lots(member: MemberId, refills: Iterable[LotSpend], store: str) -> Moves:
    """Give stored value back to the very lots it came from."""
    sales = accounts.sales(store)
    return tuple(
        move
        for lot in refills
        for move in (
            *money(sales, accounts.principal(member, lot.lot), lot.principal),
            *money(sales, accounts.bonus(member, lot.lot), lot.bonus),
        )
    )


def redeem(member: MemberId, batches: Iterable[PointsBatch]) -> Moves:
    """Spend points, each batch apart."""
    return tuple(
        move
        for batch in batches
        for move in points(
            accounts.points(member, batch.expires_on), accounts.POINTS_REDEEMED, batch.points
        )
    )


def give_back_points(member: MemberId, batches: Iterable[PointsBatch]) -> Moves:
    """Return spent points to batches."""
    return tuple(
        move
        for batch in batches
        for move in points(
            accounts.POINTS_REDEEMED, accounts.points(member, batch.expires_on), batch.points
        )
    )


def earn(member: MemberId, batch: PointsBatch, repaid: Points) -> Moves:
    """Credit earned points; what is owed is repaid first."""
    owed = points(accounts.POINTS_ISSUED, accounts.points_debt(member), repaid)
    return (
        *owed,
        *points(accounts.POINTS_ISSUED, accounts.points(member, batch.expires_on), batch.points),
    )


def claw_back(member: MemberId, batches: Iterable[PointsBatch], owed: Points) -> Moves:
    """Take back what an order had earned; `owed` is the change of the member's debt, either way."""
    taken = tuple(
        move
        for batch in batches
        for move in points(
            accounts.points(member, batch.expires_on), accounts.POINTS_ISSUED, batch.points
        )
    )
    debt = accounts.points_debt(member)
    if owed < Points():
        return (*taken, *points(accounts.POINTS_ISSUED, debt, -owed))
    return (*taken, *points(debt, accounts.POINTS_ISSUED, owed))


def issue_coupon(member: MemberId, coupon: CouponId) -> Moves:
    """Put a coupon into the member's hand."""
    return _coupon(accounts.COUPON_ISSUED, accounts.coupon(member, coupon), coupon)


def hand_over_coupon(source: MemberId, member: MemberId, coupon: CouponId) -> Moves:
    """Pass a coupon that was on paper on to a member."""
    return _coupon(accounts.coupon(source, coupon), accounts.coupon(member, coupon), coupon)


def use_coupon(member: MemberId, coupon: CouponId) -> Moves:
    """Use a coupon up."""
    return _coupon(accounts.coupon(member, coupon), accounts.COUPON_REDEEMED, coupon)


def give_back_coupon(member: MemberId, coupon: CouponId) -> Moves:
    """Return a used coupon to the member's hand."""
    return _coupon(accounts.COUPON_REDEEMED, accounts.coupon(member, coupon), coupon)


def fill_lot(member: MemberId, lot: LotId, *, paid: Transfer, bonus: Money) -> Moves:
    """Open a lot: what the member paid, and what the shop gives on top."""
    return (paid, *money(accounts.BONUS_EXPENSE, accounts.bonus(member, lot), bonus))


def _lot_to_sales(member: MemberId, spend: LotSpend, store: str) -> Moves:
    sales = accounts.sales(store)
    return (
        *money(accounts.principal(member, spend.lot), sales, spend.principal),
        *money(accounts.bonus(member, spend.lot), sales, spend.bonus),
    )


def _coupon(source: str, target: str, coupon: CouponId) -> Moves:
    return (Transfer(source, target, accounts.coupon_unit(coupon), 1),)
