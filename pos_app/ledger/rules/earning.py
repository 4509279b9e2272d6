"""What an order earns its member."""

from dataclasses import dataclass
from datetime import date

from pos_app.ledger.rules.birthdays import is_birthday_month
from pos_app.ledger.rules.item_benefits import is_member_day
from pos_app.ledger.rules.points import (
    EarnedPoints,
    MultiplierReason,
    growth_earned,
    multiplier_for,
    points_earned,
    under_daily_cap,
)
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.standing import Standing
from pos_app.money import BasisPoints, Growth, Money, Points


@dataclass(frozen=True, slots=True)
class Earning:
    """Points and growth of one order. Nothing is eligible where nobody earns."""

    eligible: Money
    multiplier: BasisPoints
    reason: MultiplierReason
    points: EarnedPoints
    growth: Growth


NOTHING = Earning(
    Money(), BasisPoints(0), MultiplierReason.ORDINARY, EarnedPoints(Points(), Points()), Growth()
)


def earning_of(eligible: Money, standing: Standing, today: date, programme: Programme) -> Earning:
    """Return what external money and stored-value principal earn on a business day."""
    holder = standing.holder
    if holder is None or not standing.earns:
        return NOTHING
    best = multiplier_for(
        programme,
        member_day=is_member_day(today, programme),
        birthday_month=holder.birthday is not None and is_birthday_month(holder.birthday, today),
        first_order=holder.first_order,
    )
    earned = points_earned(eligible, best.rate)
    points = under_daily_cap(earned, holder.earned_today, programme)
    growth = growth_earned(eligible, programme)
    return Earning(eligible, best.rate, best.reason, points, growth)
