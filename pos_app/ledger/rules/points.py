"""Points: what an order earns, when they expire, and which batches a redemption moves."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pos_app.errors import PosError
from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Growth, Money, Points


@dataclass(eq=False)
class PointsNotCovered(PosError):
    """More points were asked for than are usable here."""

    wanted: Points
    usable_here: Points


class MultiplierReason(StrEnum):
    """Why an order earns more than the ordinary points."""

    ORDINARY = ""
    MEMBER_DAY = "member_day"
    BIRTHDAY_MONTH = "birthday_month"
    FIRST_ORDER = "first_order"


@dataclass(frozen=True, slots=True)
class Multiplier:
    """The rate at which an order earns, and why."""

    rate: BasisPoints
    reason: MultiplierReason


@dataclass(frozen=True, slots=True)
class PointsBatch:
    """Points with one expiry, usable through that calendar day of the programme's zone."""

    expires_on: date
    points: Points


@dataclass(frozen=True, slots=True)
class EarnedPoints:
    """Earned points: credited at once, and pending review because of the daily cap."""

    credited: Points
    pending: Points


@dataclass(frozen=True, slots=True)
class ClawBack:
    """Points taken back: from which batches, and what the member stays owing."""

    taken: tuple[PointsBatch, ...]
    debt: Points


@dataclass(frozen=True, slots=True)
class Repaid:
    """Earned points after an old debt: what is left to credit, and the debt that remains."""

    credited: Points
    debt: Points


def points_earned(eligible: Money, multiplier: BasisPoints) -> Points:
    """Return the points a payment earns (RND-P: floored once, after the multiplier)."""
    return Points(eligible.minor * multiplier.value // 1_000_000)


def growth_earned(eligible: Money, programme: Programme) -> Growth:
    """Return the growth a payment earns (RND-G: floored)."""
    return Growth(eligible.minor // programme.growth.per_fen_denominator)


def multiplier_for(
    programme: Programme, *, member_day: bool, birthday_month: bool, first_order: bool
) -> Multiplier:
    """Return the best multiplier that applies: never the product; the first named wins a tie."""
    rules = programme.points
    offers = (
        (member_day, rules.multiplier_member_day_bp, MultiplierReason.MEMBER_DAY),
        (birthday_month, rules.multiplier_birthday_month_bp, MultiplierReason.BIRTHDAY_MONTH),
        (first_order, rules.multiplier_first_order_bp, MultiplierReason.FIRST_ORDER),
    )
    best = Multiplier(BasisPoints(10_000), MultiplierReason.ORDINARY)
    for applies, rate, reason in offers:
        if applies and rate > best.rate.value:
            best = Multiplier(BasisPoints(rate), reason)
    return best


def under_daily_cap(earned: Points, earned_today: Points, programme: Programme) -> EarnedPoints:
    """Split what an order earned: above the day's cap it waits for review, it is not forfeited."""
    room = max(programme.points.daily_earn_cap - earned_today.minor, 0)
    credited = min(earned, Points(room))
    return EarnedPoints(credited, earned - credited)


def repay_debt(earned: Points, debt: Points) -> Repaid:
    """Let earned points repay what the member owes before anything is credited."""
    repaid = min(earned, debt)
    return Repaid(earned - repaid, debt - repaid)


def expiry_of(earned_on: date, programme: Programme) -> date:
    """Return the last day of use: the end of the month, `expiry_months` after earning."""
    months = earned_on.year * 12 + earned_on.month - 1 + programme.points.expiry_months
    year, month = months // 12, months % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def welcome_points(today: date, programme: Programme) -> PointsBatch:
    """Return what a new member is given on joining."""
    return PointsBatch(expiry_of(today, programme), Points(programme.points.register_points))


def points_value(points: Points, programme: Programme) -> Money:
    """Return what the points pay."""
    return Money(points.minor * programme.points.value_fen)


def usable_points(batches: Sequence[PointsBatch], today: date) -> Points:
    """Return the points that have not expired on this calendar day."""
    return _sum(_usable(batches, today))


def most_redeemable(
    due_after_coupons: Money, batches: Sequence[PointsBatch], programme: Programme, today: date
) -> Points:
    """Return the most points this order takes: capped by its amount, in whole steps, or none."""
    rules = programme.points
    share = due_after_coupons.floor_bp(BasisPoints(rules.redeem_max_pct_bp))
    most = min(share.minor // rules.value_fen, usable_points(batches, today).minor)
    whole_steps = most - most % rules.redeem_step
    return Points(whole_steps if whole_steps >= rules.redeem_min else 0)


def redeem_batches(
    batches: Sequence[PointsBatch], points: Points, today: date
) -> tuple[PointsBatch, ...]:
    """Return what each batch gives, the first to expire first.

    Raises PointsNotCovered when the usable batches hold less.
    """
    usable = _usable(batches, today)
    if points > _sum(usable):
        raise PointsNotCovered(points, _sum(usable))
    return _take(usable, points)


def return_batches(
    taken: Sequence[PointsBatch],
    points_already_returned: Points,
    points: Points,
    today: date,
    programme: Programme,
) -> tuple[PointsBatch, ...]:
    """Return the batches that a refund gives back, the last consumed first.

    An expired batch comes back as a grace batch. The caller gives back no more than was taken.
    """
    last_first = tuple(reversed(taken))
    assert points_already_returned + points <= _sum(last_first), "more points than were taken"
    returned_before = _take(last_first, points_already_returned)
    back = _take(_without(last_first, returned_before), points)
    grace = today + timedelta(days=programme.points.refund_of_expired_grace_days)
    return tuple(
        PointsBatch(batch.expires_on if batch.expires_on >= today else grace, batch.points)
        for batch in back
    )


def claw_back(points: Points, own_expiry: date, batches: Sequence[PointsBatch]) -> ClawBack:
    """Take back what a returned order had earned: its own batch first, then FIFO by expiry.

    What the batches do not hold any more becomes the member's debt.
    """
    own_first = sorted(batches, key=lambda one: (one.expires_on != own_expiry, one.expires_on))
    covered = min(points, _sum(own_first))
    return ClawBack(_take(own_first, covered), points - covered)


def _usable(batches: Sequence[PointsBatch], today: date) -> tuple[PointsBatch, ...]:
    alive = (batch for batch in batches if batch.expires_on >= today)
    return tuple(sorted(alive, key=lambda batch: batch.expires_on))


def _take(batches: Sequence[PointsBatch], points: Points) -> tuple[PointsBatch, ...]:
    taken = []
    for batch in batches:
        part = min(batch.points, points)
        points -= part
        if part:
            taken.append(PointsBatch(batch.expires_on, part))
    return tuple(taken)


def _without(
    batches: Sequence[PointsBatch], prefix: Sequence[PointsBatch]
) -> tuple[PointsBatch, ...]:
    gone = _sum(prefix)
    left = []
    for batch in batches:
        part = min(batch.points, gone)
        gone -= part
        left.append(PointsBatch(batch.expires_on, batch.points - part))
    return tuple(left)


def _sum(batches: Sequence[PointsBatch]) -> Points:
    return Points(sum(batch.points.minor for batch in batches))
