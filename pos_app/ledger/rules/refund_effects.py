"""What a return does beside the money: points, growth, coupons and gifts."""

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
from pos_app.ledger.rules.programme_benefits import CouponRules, PointsRules
from pos_app.ledger.rules.refund_legs import Legs, legs_of, minus, plus
from pos_app.ledger.rules.refund_selection import Return
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Growth, Money, Points

NO_MONEY = Money()


@dataclass(frozen=True, slots=True)
class Owner:
    """What the member holds and owes when the goods come back; nobody for a walk-in's sale.

    `elsewhere`: points that are not at this terminal. They are not spent, only not to be had here.
    """

    batches: tuple[PointsBatch, ...] = ()
    debt: Points = NO_POINTS
    balance: Money = NO_MONEY
    elsewhere: Points = NO_POINTS


NOBODY = Owner()


@dataclass(frozen=True, slots=True)
class CouponBack:
    """A coupon that the member gets back, and its last day; `anew` when it had expired."""

    coupon: CouponId
    template: str
    valid_until: date
    anew: bool = False


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
    """Points given back, points lost again, and the batches of both.

    `short` is what the member no longer has of them anywhere, an older debt apart.
    """

    returned: Points
    batches: tuple[PointsBatch, ...]
    stands: Stands
    lost: Points
    clawed: ClawBack
    short: Points


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
    spent = max(NO_POINTS, clawed.debt - owner.elsewhere)
    return PointsMoved(returned, batches, stands, lost, clawed, min(spent, lost))


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


def deduct(legs: Legs, owed: Points, gifts: Money, rules: PointsRules) -> Deduction:
    """Keep back what is owed for points and gifts, never more than the external refund."""
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


def coupons_back(
    sold: Sold, back: Return, programme: Programme, today: date
) -> tuple[CouponBack, ...]:
    """Return the coupons of an order that is wholly returned; an expired one is issued anew."""
    rules = programme.coupon
    if not (back.whole and rules.return_on_full_refund):
        return ()
    return tuple(
        CouponBack(use.coupon, use.template, until, anew=until != use.valid_until)
        for use in sold.coupons
        for until in (last_day_anew(use.valid_until, today, rules),)
    )


def last_day_anew(valid_until: date, today: date, rules: CouponRules) -> date:
    """Return the last day of a coupon that comes back on a business day."""
    if valid_until >= today:
        return valid_until
    return today + timedelta(days=rules.return_expired_extend_days)
