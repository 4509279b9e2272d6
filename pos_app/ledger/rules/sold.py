"""A sale as its stored facts, with what earlier returns took of it."""

from dataclasses import dataclass
from datetime import date

from pos_app.ids import CouponId
from pos_app.ledger.rules.basket import NO_POINTS
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.quote import CouponUse
from pos_app.ledger.rules.refund_legs import NO_LEGS, NOTHING, Legs
from pos_app.ledger.rules.units import UnitRow
from pos_app.ledger.rules.wallet import LotSpend
from pos_app.money import BasisPoints, Growth, Money, Points


@dataclass(frozen=True, slots=True)
class Sold:
    """What a return needs to know.

    `lots` and `batches` are what was taken, first consumed first. `earned`, `pending` and `grown`
    are what the order still stands at. The `returned` facts are the sums of its earlier plans.
    """

    units: tuple[UnitRow, ...]
    itemised: bool
    lots: tuple[LotSpend, ...]
    batches: tuple[PointsBatch, ...]
    coupons: tuple[CouponUse, ...]
    eligible: Money
    multiplier: BasisPoints
    earned: Points
    pending: Points
    earned_expire_on: date
    grown: Growth
    sold_on: date
    returned_units: frozenset[int] = frozenset()
    returned: Legs = NO_LEGS
    returned_amount: Money = NOTHING
    points_returned: Points = NO_POINTS
    gifts_waived: frozenset[CouponId] = frozenset()
