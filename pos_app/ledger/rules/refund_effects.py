"""What a return does beside the money: points, growth, coupons and gifts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.ids import CouponId
from pos_app.ledger.rules.basket import NO_POINTS, TenderShare
from pos_app.ledger.rules.points import (
    ClawBack,
    PointsBatch,
    claw_back,
    growth_earned,
    points_earned,
    return_batches,
)
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.quote import CouponUse
from pos_app.ledger.rules.refund_legs import Legs, legs_of, minus, plus
from pos_app.ledger.rules.refund_selection import Return
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Growth, Money, Points, total_of


@dataclass(frozen=True, slots=True)
class Owner:
    """What the member holds and owes when the goods come back; nobody for a walk-in's sale."""

    batches: tuple[PointsBatch, ...] = ()
    debt: Points = NO_POINTS


NOBODY = Owner()


@dataclass(frozen=True, slots=True)
class CouponBack:
    """A coupon that the member gets back, and its last day."""

    coupon: CouponId
    template: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class GiftDue:
    """A gift that is no longer deserved: it comes back, or its value may be deducted."""

    coupon: CouponId
    template: str
    value: Money


@dataclass(frozen=True, slots=True)
class Stands:
    """What is left of an order's qualifying money, and the points and growth that it deserves."""

    eligible: Money
    eligible_back: Money
    points: Points
    pending: Points
    growth: Growth


@dataclass(frozen=True, slots=True)
class PointsMoved:
    """Points given back, points lost again, and the batches of both."""

    returned: Points
    batches: tuple[PointsBatch, ...]
    stands: Stands
    lost: Points
    clawed: ClawBack

    @property
    def owed_anew(self) -> Points:
        """Return what the member owes because of this return, an older debt apart."""
        return min(self.clawed.debt, self.lost)


def points_moved(
    sold: Sold, back: Return, owner: Owner, programme: Programme, today: date
) -> PointsMoved:
    """Give back the points that paid; take back those that the kept part does not earn.

    What comes back is there to be taken, for an older debt too.
    """
    returned = _points_back(sold, back)
    batches = return_batches(sold.batches, sold.points_returned, returned, today, programme)
    stands = _stands(sold, back, programme)
    lost = sold.earned - stands.points
    alive = [one for one in (*owner.batches, *batches) if one.expires_on >= today]
    clawed = claw_back(lost + owner.debt, sold.earned_expire_on, alive)
    return PointsMoved(returned, batches, stands, lost, clawed)


def _stands(sold: Sold, back: Return, programme: Programme) -> Stands:
    """Recompute what the kept part earns; what waits for review is given up first."""
    if not sold.eligible:
        return Stands(Money(), Money(), sold.earned, sold.pending, sold.grown)
    kept = minus(legs_of(sold.units), plus(sold.returned, back.legs)).eligible
    given = back.legs.eligible
    earned = points_earned(kept, sold.multiplier)
    credited = min(sold.earned, earned)
    growth = min(sold.grown, growth_earned(kept, programme))
    return Stands(kept, given, credited, min(sold.pending, earned - credited), growth)


def _points_back(sold: Sold, back: Return) -> Points:
    """Return points in step with their value, so that the whole value brings back all of them."""
    value = legs_of(sold.units).points.minor
    if not value:
        return Points()
    taken = sum(batch.points.minor for batch in sold.batches)
    returned = plus(sold.returned, back.legs).points.minor
    return Points(taken * returned // value) - sold.points_returned


@dataclass(frozen=True, slots=True)
class Deduction:
    """What is handed out, and what of it was kept back for points and for gifts."""

    externals: tuple[TenderShare, ...]
    points: Points
    for_points: Money
    for_gifts: Money


def deduct(legs: Legs, owed: Points, gifts: Money, programme: Programme) -> Deduction:
    """Keep back what is owed for points and gifts, never more than the external refund."""
    rules = programme.points
    points = Points()
    if rules.clawback_shortfall == "deduct_refund":
        points = min(owed, Points(legs.outside.minor // rules.value_fen))
    for_points = Money(points.minor * rules.value_fen)
    for_gifts = min(gifts, legs.outside - for_points)
    left = legs.outside - for_points - for_gifts
    shares = left.allocate([share.amount.minor for share in legs.external])
    externals = tuple(
        TenderShare(share.tender, amount)
        for share, amount in zip(legs.external, shares, strict=True)
        if share.amount
    )
    return Deduction(externals, points, for_points, for_gifts)


def gifts_due(sold: Sold, back: Return) -> tuple[GiftDue, ...]:
    return tuple(
        GiftDue(use.coupon, use.template, use.gift)
        for use in sold.coupons
        if use.gift and _breaks(sold, back, use)
    )


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


def worth(gifts: Sequence[GiftDue], kept: frozenset[CouponId]) -> Money:
    return Money(sum(gift.value.minor for gift in gifts if gift.coupon in kept))


def coupons_back(
    sold: Sold, back: Return, programme: Programme, today: date
) -> tuple[CouponBack, ...]:
    """Return the coupons of an order that is wholly returned; an expired one is issued anew."""
    rules = programme.coupon
    if not (back.whole and rules.return_on_full_refund):
        return ()
    anew = today + timedelta(days=rules.return_expired_extend_days)
    return tuple(
        CouponBack(use.coupon, use.template, use.valid_until if use.valid_until >= today else anew)
        for use in sold.coupons
    )
