"""Gifts that a return takes the ground from: they come back, are paid for, or are waived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.ids import CouponId
from pos_app.ledger.rules.quote import CouponUse
from pos_app.ledger.rules.refund_legs import Legs, plus
from pos_app.ledger.rules.refund_selection import Return
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Money, total_of


class GiftEnd(StrEnum):
    """What becomes of a gift: handed in, kept against its declared value, or let go."""

    BACK = "back"
    KEPT = "kept"
    WAIVED = "waived"


GiftEnds = Mapping[CouponId, GiftEnd]


@dataclass(frozen=True, slots=True)
class GiftDue:
    """A gift that is no longer deserved, and what becomes of it."""

    coupon: CouponId
    template: str
    value: Money
    end: GiftEnd = GiftEnd.BACK


def gifts_due(sold: Sold, back: Return, ends: GiftEnds) -> tuple[GiftDue, ...]:
    """Return the gifts whose threshold this return breaks; what nobody decided comes back."""
    return tuple(
        GiftDue(use.coupon, use.template, use.gift, ends.get(use.coupon, GiftEnd.BACK))
        for use in sold.coupons
        if use.gift and _breaks(sold, back, use)
    )


def waived(gifts: Sequence[GiftDue]) -> frozenset[CouponId]:
    """Return the coupons whose gift was let go: they are used up for good."""
    return frozenset(gift.coupon for gift in gifts if gift.end is GiftEnd.WAIVED)


def worth(gifts: Sequence[GiftDue]) -> Money:
    """Return the declared value of the gifts that are kept."""
    return total_of([gift.value for gift in gifts if gift.end is GiftEnd.KEPT])


def _breaks(sold: Sold, back: Return, use: CouponUse) -> bool:
    """Say whether this return takes the goods below a threshold that they still met before."""
    if _kept_goods(sold, use, sold.returned_units, sold.returned) < use.threshold:
        return False
    gone = sold.returned_units | back.units
    kept = _kept_goods(sold, use, gone, plus(sold.returned, back.legs))
    return back.whole or kept < use.threshold


def _kept_goods(sold: Sold, use: CouponUse, gone: frozenset[int], returned: Legs) -> Money:
    kept = total_of(
        [
            row.goods
            for place, row in enumerate(sold.units)
            if row.line in use.lines and place not in gone
        ]
    )
    return kept if sold.itemised else kept - returned.goods
