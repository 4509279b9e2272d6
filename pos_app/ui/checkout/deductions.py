"""What is taken off the amount, and what gifts add to it, line by line."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.counter import CouponCard, MemberAtCounter
from pos_app.ledger.rules.quote import MEMBER_DAY, CouponUse, Quote
from pos_app.money import Money, Points, total_of
from pos_app.ui.checkout import derivation
from pos_app.ui.checkout.state import Deduction
from pos_app.ui.coupon_words import coupon_title, pct_off
from pos_app.ui.formats import money, points, signed
from pos_app.ui.parts.state import Explained

SHOWN = 4


def deductions(quote: Quote, member: MemberAtCounter | None) -> tuple[Deduction, ...]:
    """Return at most as many lines as the panel has room for, each with what it is for."""
    return _lines(quote, member)[:SHOWN]


def _lines(quote: Quote, member: MemberAtCounter | None) -> tuple[Deduction, ...]:
    lines: list[Deduction] = []
    if quote.item_discount:
        lines.append(_benefit(quote, member))
    lines += [_coupon(quote, use, member) for use in quote.coupons]
    gifts = _gifts(quote)
    lines += [one for one, _paid in gifts]
    if quote.order.points:
        tag = _("{points} pts").format(points=points(quote.order.points))
        own = quote.points_value - total_of([paid for _one, paid in gifts])
        why = derivation.points_used(quote)
        lines.append(Deduction(_("Points used"), tag, _off(own), why))
    if quote.rounding:
        why = derivation.rounding(quote)
        lines.append(Deduction(_("Cash rounding"), _("down"), _off(quote.rounding), why))
    return tuple(lines)


def derived(quote: Quote, member: MemberAtCounter | None) -> tuple[Explained, ...]:
    """Return every figure of the price with its arithmetic, in the order in which it is made."""
    figures = [derivation.due(quote)]
    figures += [line.why for line in _lines(quote, member)]
    if quote.stored_value:
        figures.append(derivation.stored_value(quote))
    if quote.eligible:
        figures += [derivation.earned(quote), derivation.growth(quote)]
    return tuple(figures)


def _benefit(quote: Quote, member: MemberAtCounter | None) -> Deduction:
    pct = member.member_day_pct if member else None
    name = _("Member day") if quote.member_day else _("Member price")
    why = derivation.benefit(quote)
    return Deduction(name, pct_off(pct) if pct else "", _off(quote.item_discount), why)


def _gifts(quote: Quote) -> list[tuple[Deduction, Money]]:
    """Return what each gift adds, its points beside its name, and what those points pay."""
    lines = []
    for place, line in enumerate(quote.order.basket.lines):
        if line.gift:
            units = [unit for unit in quote.units if unit.line == place]
            paid = total_of([unit.points for unit in units])
            asked = total_of([unit.goods for unit in units]) - paid
            tag = _("{points} pts").format(points=points(Points(paid.minor)))
            why = derivation.gift(quote, line.title, Points(paid.minor), asked)
            lines.append((Deduction(line.title, tag, signed(asked), why), paid))
    return lines


def _coupon(quote: Quote, use: CouponUse, member: MemberAtCounter | None) -> Deduction:
    card = card_of(use.template, member)
    tag = coupon_title(card) if card else use.template
    why = derivation.coupon(quote, use, tag)
    return Deduction(_("Coupon"), tag, _off(use.saves) if use.saves else _("gift"), why)


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
