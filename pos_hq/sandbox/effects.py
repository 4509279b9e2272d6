"""What one event did to the figures of its store, as recorded and as a programme would have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pos_app.ledger.rules.quote import Quote


class Effect(NamedTuple):
    """Whole numbers of one event: points, growth, and fen. What comes back is negative.

    `owed` is what the event adds to the stored value that is owed to members.
    """

    points: int = 0
    pending: int = 0
    growth: int = 0
    eligible: int = 0
    item_discount: int = 0
    coupon_discount: int = 0
    points_value: int = 0
    rounding: int = 0
    paid: int = 0
    bonus: int = 0
    owed: int = 0


def of_sale(body: Mapping[str, Any]) -> Effect:
    """Return what a sale recorded."""
    earned = body["earned"]
    return Effect(
        earned["points"],
        earned["pending"],
        earned["growth"],
        body["eligible"],
        body["item_discount"],
        body["coupon_discount"],
        body["points_value"],
        body["rounding"],
        body["due"] - body["rounding"],
        0,
        -body["principal"] - body["bonus"],
    )


def of_quote(quote: Quote) -> Effect:
    """Return what a price would do."""
    return Effect(
        quote.earns.minor,
        quote.pending.minor,
        quote.grows.minor,
        quote.eligible.minor,
        quote.item_discount.minor,
        quote.coupon_discount.minor,
        quote.points_value.minor,
        quote.rounding.minor,
        quote.payable.minor,
        0,
        -quote.principal.minor - quote.bonus.minor,
    )


def of_return(body: Mapping[str, Any]) -> Effect:
    """Return what a return recorded."""
    taken = body["taken_back"]
    return Effect(
        points=-taken["points"],
        pending=-taken["pending"],
        growth=-taken["growth"],
        eligible=-taken["spend"],
        paid=-body["amount"],
        owed=body["principal"] + body["bonus"],
    )


def of_top_up(amount: int, bonus: int) -> Effect:
    """Return what a top-up does."""
    return Effect(bonus=bonus, owed=amount + bonus)
