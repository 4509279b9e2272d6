"""What goes back when goods come back: read from the stored rows of the sale, not priced anew."""

from dataclasses import dataclass, replace
from datetime import datetime

from pos_app.clock import business_date
from pos_app.ids import CouponId
from pos_app.ledger.rules.basket import TenderShare
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.refund_effects import (
    NOBODY,
    CouponBack,
    Deduction,
    GiftDue,
    Owner,
    PointsMoved,
    coupons_back,
    deduct,
    gifts_due,
    points_moved,
    worth,
)
from pos_app.ledger.rules.refund_legs import Legs, from_the_last, plus
from pos_app.ledger.rules.refund_selection import Return, Selection, chosen_return
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.rules.wallet import LotSpend
from pos_app.money import Growth, Money, Points, total_of


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """Everything that one return moves.

    `legs` is what the returned part was paid with; `externals` is what is handed out after
    deductions. `amount` adds to the sale's returned amount. `clawed` covers the clawback and an
    older debt as far as the batches reach; `debt` is what the member owes afterwards.
    """

    units: frozenset[int]
    amount: Money
    legs: Legs
    externals: tuple[TenderShare, ...]
    deducted_for_points: Money
    deducted_for_gifts: Money
    lots: tuple[LotSpend, ...]
    points: Points
    batches: tuple[PointsBatch, ...]
    clawback: Points
    clawed: tuple[PointsBatch, ...]
    debt: Points
    pending_back: Points
    growth_back: Growth
    coupons_back: tuple[CouponBack, ...]
    gifts_due: tuple[GiftDue, ...]
    whole: bool
    eligible_back: Money
    kept_eligible: Money
    stands_points: Points
    stands_pending: Points
    stands_growth: Growth

    @property
    def principal(self) -> Money:
        """Return the principal that goes back to its lots."""
        return self.legs.principal

    @property
    def bonus(self) -> Money:
        """Return the bonus that goes back to its lots."""
        return self.legs.bonus

    @property
    def money(self) -> Money:
        """Return what the member gets in money and stored value."""
        return total_of([self.principal, self.bonus, *(share.amount for share in self.externals)])


def plan_refund(
    sold: Sold,
    selection: Selection,
    programme: Programme,
    at: datetime,
    *,
    owner: Owner = NOBODY,
    gifts_kept: frozenset[CouponId] = frozenset(),
) -> RefundPlan:
    """Plan a return at a moment. `gifts_kept` are undeserved gifts whose value is deducted.

    Points expire by the calendar day, coupons by the business day.
    Raises NothingToRefund, UnitAlreadyReturned, UnitNotSold, UnitsWanted or RefundExceedsRest.
    """
    back = chosen_return(sold, selection, programme)
    today = at.astimezone(programme.zone).date()
    moved = points_moved(sold, back, owner, programme, today)
    gifts = gifts_due(sold, back)
    deduction = deduct(back.legs, moved.owed_anew, worth(gifts, gifts_kept), programme)
    business_day = business_date(at, zone=programme.zone, cutover=programme.cutover)
    coupons = coupons_back(sold, back, programme, business_day)
    return replace(_plan(sold, back, moved, deduction), coupons_back=coupons, gifts_due=gifts)


def _plan(sold: Sold, back: Return, moved: PointsMoved, deduction: Deduction) -> RefundPlan:
    return RefundPlan(
        units=back.units,
        amount=back.amount,
        legs=back.legs,
        externals=deduction.externals,
        deducted_for_points=deduction.for_points,
        deducted_for_gifts=deduction.for_gifts,
        lots=from_the_last(sold.lots, sold.returned, back.legs),
        points=moved.returned,
        batches=moved.batches,
        clawback=moved.lost,
        clawed=moved.clawed.taken,
        debt=moved.clawed.debt - deduction.points,
        pending_back=sold.pending - moved.stands.pending,
        growth_back=sold.grown - moved.stands.growth,
        coupons_back=(),
        gifts_due=(),
        whole=back.whole,
        eligible_back=moved.stands.eligible_back,
        kept_eligible=moved.stands.eligible,
        stands_points=moved.stands.points,
        stands_pending=moved.stands.pending,
        stands_growth=moved.stands.growth,
    )


def after_return(sold: Sold, plan: RefundPlan) -> Sold:
    """Return the sale as it stands once a planned return has happened."""
    return replace(
        sold,
        earned=plan.stands_points,
        pending=plan.stands_pending,
        grown=plan.stands_growth,
        returned_units=sold.returned_units | plan.units,
        returned=plus(sold.returned, plan.legs),
        returned_amount=sold.returned_amount + plan.amount,
        points_returned=sold.points_returned + plan.points,
    )
