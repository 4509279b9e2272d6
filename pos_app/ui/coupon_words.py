"""Coupons in words: what one is called, what it is worth, when it holds, why it is not used."""

from __future__ import annotations

from datetime import date

from pos_app.language import _, _n, spoken
from pos_app.ledger.counter import CouponCard
from pos_app.ledger.rules.coupons import CouponVerdict, Unused
from pos_app.money import BasisPoints
from pos_app.ui.formats import YUAN, discount, money, short_money

STACKABLE = ("exchange", "gift")


def coupon_title(card: CouponCard) -> str:
    """Return the coupon's own name, or one made of what it does."""
    if card.name:
        return card.name
    if card.type == "full_reduction":
        facts = {"face": short_money(card.face), "threshold": short_money(card.threshold)}
        return _("{face} off {threshold}").format(**facts)
    if card.type == "gift" and card.gift_value:
        return _("Gift worth {amount}").format(amount=short_money(card.gift_value))
    titles = {
        "discount": _("Discount coupon"),
        "voucher": _("Cash coupon"),
        "exchange": _("Exchange coupon"),
        "gift": _("Gift coupon"),
    }
    return titles.get(card.type, card.template)


def coupon_figure(card: CouponCard) -> tuple[str, str]:
    """Return the large figure and its unit: ("50", "¥"), ("12%", "off"), ("Gift", "")."""
    if card.type in ("full_reduction", "voucher"):
        return short_money(card.face).removeprefix(YUAN), YUAN
    if card.type == "discount":
        figure = _tenths(card.pct) if spoken().startswith("zh") else f"{100 - card.pct}%"
        return figure, _("off")
    return (_("Gift"), "") if card.type == "gift" else (_("Free"), "")


def coupon_condition(card: CouponCard) -> str:
    parts = []
    if card.threshold:
        parts.append(_("Spend {amount} or more").format(amount=short_money(card.threshold)))
    elif card.type in ("voucher", "discount"):
        parts.append(_("No minimum"))
    if card.cap:
        parts.append(_("at most {amount} off").format(amount=short_money(card.cap)))
    return " · ".join(parts)


def coupon_expiry(card: CouponCard, today: date) -> str:
    if today < card.valid_from:
        return _("From {day}").format(day=f"{card.valid_from:%m-%d}")
    days = (card.valid_until - today).days
    if days < 0:
        return _("Expired")
    if days == 0:
        return _("Expires today 23:59")
    return _n("{days} day left", "{days} days left", days).format(days=days)


def coupon_reason(verdict: CouponVerdict) -> str:
    """Return why a coupon cannot be used, with what is missing where that is the reason."""
    if verdict.reason is None:
        return ""
    if verdict.reason is Unused.BELOW_THRESHOLD and verdict.gap is not None:
        return _("{gap} to go").format(gap=money(verdict.gap))
    return _reasons()[verdict.reason]


def choosable(verdict: CouponVerdict) -> bool:
    """Say whether a click could put this coupon to use."""
    ways = (Unused.NOT_CHOSEN, Unused.ONLY_ONE_PER_ORDER, Unused.EXCLUDED_BY_MEMBER_DAY)
    return verdict.used or verdict.reason is None or verdict.reason in ways


def pct_off(pct: int) -> str:
    """Say a percentage that stays payable as a discount."""
    return discount(BasisPoints(pct * 100))


def _tenths(pct: int) -> str:
    return str(pct // 10) if pct % 10 == 0 else f"{pct // 10}.{pct % 10}"


def _reasons() -> dict[Unused, str]:
    return {
        Unused.UNKNOWN_TEMPLATE: _("Unknown here: update the programme"),
        Unused.MEMBER_BLOCKED: _("Member blocked"),
        Unused.NOT_YET: _("Not valid yet"),
        Unused.EXPIRED: _("Expired"),
        Unused.WRONG_STORE: _("Not for this store"),
        Unused.WRONG_CHANNEL: _("Not for counter sales"),
        Unused.WRONG_WEEKDAY: _("Not today"),
        Unused.WRONG_HOURS: _("Not at this hour"),
        Unused.WRONG_TIER: _("For another tier"),
        Unused.OUT_OF_STOCK: _("Gift out of stock"),
        Unused.NEEDS_LINES: _("Needs the goods, not only a sum"),
        Unused.NO_GOODS_IN_SCOPE: _("No matching goods"),
        Unused.BELOW_THRESHOLD: _("Order too small"),
        Unused.EXCLUDED_BY_MEMBER_DAY: _("Not with member day"),
        Unused.ONLY_ONE_PER_ORDER: _("Not combined"),
        Unused.NOT_CHOSEN: _("Not chosen"),
    }
