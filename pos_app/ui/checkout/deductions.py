"""What is taken off the amount, and what gifts add to it, line by line."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.counter import CouponCard, MemberAtCounter
from pos_app.ledger.rules.quote import MEMBER_DAY, CouponUse, Quote
from pos_app.money import Money, Points, total_of
from pos_app.ui.checkout.state import Deduction
from pos_app.ui.coupon_words import coupon_title, pct_off
from pos_app.ui.formats import money, points, signed

SHOWN = 4


def deductions(quote: Quote, member: MemberAtCounter | None) -> tuple[Deduction, ...]:
    """Return at most as many lines as the panel has room for, each with what it is for."""
    lines = []
    if quote.item_discount:
        lines.append(_benefit(quote, member))
    lines += [_coupon(use, member) for use in quote.coupons]
    gifts = _gifts(quote)
    lines += [one for one, _paid in gifts]
    if quote.order.points:
        tag = _("{points} pts").format(points=points(quote.order.points))
        own = quote.points_value - total_of([paid for _one, paid in gifts])
        lines.append(Deduction(_("Points used"), tag, _off(own)))
    if quote.rounding:
        lines.append(Deduction(_("Cash rounding"), _("down"), _off(quote.rounding)))
    return tuple(lines[:SHOWN])


def _benefit(quote: Quote, member: MemberAtCounter | None) -> Deduction:
    pct = member.member_day_pct if member else None
    name = _("Member day") if quote.member_day else _("Member price")
    return Deduction(name, pct_off(pct) if pct else "", _off(quote.item_discount))


def _gifts(quote: Quote) -> list[tuple[Deduction, Money]]:
    """Return what each gift adds, its points beside its name, and what those points pay."""
    lines = []
    for place, line in enumerate(quote.order.basket.lines):
        if line.gift:
            units = [unit for unit in quote.units if unit.line == place]
            paid = total_of([unit.points for unit in units])
            tag = _("{points} pts").format(points=points(Points(paid.minor)))
            adds = signed(total_of([unit.goods for unit in units]) - paid)
            lines.append((Deduction(line.title, tag, adds), paid))
    return lines


def _coupon(use: CouponUse, member: MemberAtCounter | None) -> Deduction:
    card = card_of(use.template, member)
    tag = coupon_title(card) if card else use.template
    return Deduction(_("Coupon"), tag, _off(use.saves) if use.saves else _("gift"))


def card_of(template: str, member: MemberAtCounter | None) -> CouponCard | None:
    cards = member.coupons if member else ()
    return next((card for card in cards if card.template == template), None)


def runner_up(quote: Quote, member: MemberAtCounter | None) -> str:
    """Name the best choice that was not taken, and what it would have saved."""
    if quote.runner_up is None:
        return ""
    card = card_of(quote.runner_up.name, member)
    name = coupon_title(card) if card else quote.runner_up.name
    if quote.runner_up.name == MEMBER_DAY:
        name = _("Member day")
    saves = money(quote.runner_up.saves)
    return _("Next best: {name}, saves {amount}").format(name=name, amount=saves)


def _off(amount: Money) -> str:
    return money(-amount)
