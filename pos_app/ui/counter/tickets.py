"""The member's coupons as they stand with the order under way."""

from __future__ import annotations

from dataclasses import replace

from pos_app.ids import CouponId
from pos_app.language import _
from pos_app.ledger.counter import CouponCard, MemberAtCounter
from pos_app.ledger.rules.coupons import CouponVerdict
from pos_app.ledger.rules.quote import Quote
from pos_app.ui.counter.reading import MemberRead
from pos_app.ui.counter.state import Mix, Ticket
from pos_app.ui.coupon_words import (
    choosable,
    coupon_condition,
    coupon_expiry,
    coupon_figure,
    coupon_reason,
    coupon_title,
)
from pos_app.ui.formats import money

KEYS = 9


def tickets_of(read: MemberRead, quote: Quote | None) -> tuple[Ticket, ...]:
    """Return every coupon in its fixed place, so that Alt+1 stays the same one.

    Those that lie at HQ while it cannot be reached come last, with that as their reason.
    """
    verdicts = {verdict.coupon.id: verdict for verdict in quote.verdicts} if quote else {}
    here = tuple(
        _ticket(read, card, place, verdicts.get(card.id))
        for place, card in enumerate(read.member.coupons, start=1)
    )
    away = _("At HQ, online only")
    return here + tuple(
        replace(_ticket(read, card, KEYS + 1, None), reason=away) for card in read.member.away
    )


def coupon_at(member: MemberAtCounter, place: int) -> CouponId | None:
    """Return the coupon of Alt+`place`, counted from one."""
    if not 1 <= place <= len(member.coupons):
        return None
    return member.coupons[place - 1].id


def mix_of(quote: Quote | None, beside: str, *, by_hand: bool) -> Mix:
    """Say what the choice saves, who made it, and what came next."""
    if quote is None:
        return Mix()
    saves = quote.item_discount + quote.coupon_discount
    if by_hand:
        words = _("Chosen by hand, saves {amount}")
        return Mix(words.format(amount=money(saves)), beside, by_hand=True)
    if not saves:
        return Mix("", beside)
    return Mix(_("Best mix chosen, saves {amount}").format(amount=money(saves)), beside)


def _ticket(
    read: MemberRead, card: CouponCard, place: int, verdict: CouponVerdict | None
) -> Ticket:
    figure, unit = coupon_figure(card)
    return Ticket(
        key=card.id.hex,
        figure=figure,
        unit=unit,
        title=coupon_title(card),
        condition=coupon_condition(card),
        expiry=coupon_expiry(card, read.moment.today),
        hot=card.valid_until == read.moment.today,
        hotkey=f"Alt+{place}" if place <= KEYS else "",
        reason=_reason(read, card, verdict),
        chosen=verdict is not None and verdict.used,
    )


def _reason(read: MemberRead, card: CouponCard, verdict: CouponVerdict | None) -> str:
    if verdict is not None:
        return "" if choosable(verdict) else coupon_reason(verdict)
    if read.moment.today < card.valid_from:
        return coupon_expiry(card, read.moment.today)
    return ""
