"""What the rules need to know about the member at the counter."""

from dataclasses import dataclass
from enum import StrEnum

from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.wallet import Lot
from pos_app.money import Growth, Money, Points

NO_POINTS = Points()
NO_MONEY = Money()
NO_GROWTH = Growth()


class Status(StrEnum):
    """Whether a member may use the account."""

    NORMAL = "normal"
    FROZEN = "frozen"
    BLACKLISTED = "blacklisted"


@dataclass(frozen=True, slots=True)
class Birthday:
    """A birthday in the calendar the member keeps; `leap` marks a lunar leap month."""

    month: int
    day: int
    year: int | None = None
    lunar: bool = False
    leap: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """A member as a quote sees them: usable here and now, oldest lots and batches first.

    `credit` is the most that one payment may take early of what lies at HQ.
    `gifts_had` counts what they had of the gift catalogue and kept, by code.
    """

    tier: str
    lots: tuple[Lot, ...] = ()
    batches: tuple[PointsBatch, ...] = ()
    debt: Points = NO_POINTS
    coupons: tuple[HeldCoupon, ...] = ()
    birthday: Birthday | None = None
    first_order: bool = False
    spend: Money = NO_MONEY
    growth: Growth = NO_GROWTH
    earned_today: Points = NO_POINTS
    status: Status = Status.NORMAL
    credit: Money = NO_MONEY
    gifts_had: tuple[tuple[str, int], ...] = ()
