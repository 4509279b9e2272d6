"""The gift catalogue in words: the price of both parts, and why something cannot be had."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.rules.gifts import GiftOffer, GiftReason
from pos_app.ledger.rules.programme_benefits import PointsGift
from pos_app.money import Money, Points
from pos_app.ui.formats import money, points


def gift_price(gift: PointsGift) -> str:
    """Return "990 pts + ¥9.90", or the points alone."""
    part = _("{points} pts").format(points=points(Points(gift.points)))
    return f"{part} + {money(Money(gift.cash_fen))}" if gift.cash_fen else part


def why_no_gift(reason: GiftReason, missing: Points, *, online: bool) -> str:
    """Say why something of the catalogue cannot be had."""
    short = _("{missing} points too few.") if online else _("Offline: {missing} too few held here.")
    return {
        GiftReason.UNKNOWN: _("The catalogue has changed."),
        GiftReason.NOT_YET: _("Not offered yet."),
        GiftReason.OVER: _("No longer offered."),
        GiftReason.OUT_OF_STOCK: _("Out of stock here."),
        GiftReason.NOT_PERMITTED: _("This member cannot use points now."),
        GiftReason.LIMIT: _("The member had as many as allowed."),
        GiftReason.IN_DEBT: _("The member owes {missing} points."),
        GiftReason.BALANCE: short,
    }[reason].format(missing=points(missing))


def reason_of(offer: GiftOffer, *, online: bool) -> str:
    """Return why an offer cannot be had, or nothing."""
    if offer.reason is None:
        return ""
    return why_no_gift(offer.reason, offer.missing, online=online)
