"""Which coupons the order shall use, when the cashier decides instead of the best mix."""

from __future__ import annotations

from dataclasses import replace

from pos_app.ids import CouponId
from pos_app.language import _
from pos_app.ledger.counter import CouponCard, MemberAtCounter
from pos_app.ledger.rules.quote import Quote
from pos_app.ui.checkout.facts import Basket
from pos_app.ui.coupon_words import STACKABLE, coupon_title


def toggled(
    basket: Basket, quote: Quote, member: MemberAtCounter, coupon: CouponId
) -> tuple[Basket, str]:
    """Return the basket with one coupon taken or left, and what had to give way for it."""
    used = tuple(use.coupon for use in quote.coupons)
    if coupon in used:
        kept = tuple(other for other in used if other != coupon)
        return replace(basket, coupons=kept, member_day=quote.member_day), ""
    cards = {card.id: card for card in member.coupons}
    if cards[coupon].type in STACKABLE:
        return replace(basket, coupons=(*used, coupon), member_day=quote.member_day), ""
    gone = [cards[other] for other in used if cards[other].type not in STACKABLE]
    kept = tuple(other for other in used if cards[other].type in STACKABLE)
    return replace(basket, coupons=(*kept, coupon), member_day=False), _gave_way(gone, quote)


def _gave_way(gone: list[CouponCard], quote: Quote) -> str:
    names = [coupon_title(card) for card in gone]
    if quote.member_day:
        names.append(_("Member day"))
    if not names:
        return ""
    said = _("Only one of these per order: {names} was taken off.")
    return said.format(names=", ".join(names))


def best(basket: Basket) -> Basket:
    """Return the basket with the choice left to the rules."""
    return replace(basket, coupons=None, member_day=None)


def is_best(basket: Basket) -> bool:
    return basket.coupons is None and basket.member_day is None
