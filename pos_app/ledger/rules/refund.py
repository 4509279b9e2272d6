"""What goes back when goods come back: read from the stored rows of the sale, not priced anew."""

from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from pos_app.clock import business_date
from pos_app.ledger.rules.basket import NO_POINTS, TenderShare
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.refund_effects import (
    NO_MONEY,
    NOBODY,
    CouponBack,
    Deduction,
    Owner,
    PointsMoved,
    coupons_back,
    deduct,
    points_moved,
)
from pos_app.ledger.rules.refund_gifts import GiftDue, GiftEnds, gifts_due, waived, worth
from pos_app.ledger.rules.refund_legs import Legs, from_the_last, plus
from pos_app.ledger.rules.refund_selection import Return, Selection, chosen_return
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.rules.wallet import LotSpend
from pos_app.money import Growth, Money, Points, total_of

NOTHING_SAID: GiftEnds = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """Everything that one return moves.

    `legs` is what the returned part was paid with; `externals` is what is handed out after
    deductions. `amount` adds to the sale's returned amount. `clawed` covers the clawback and an
    older debt as far as the batches reach; `debt` is what the member owes afterwards. `over_cap` is
    what of the stored value lies above the legal cap: no top-up until it is spent.
    `short` are points that are already spent.
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
    over_cap: Money = NO_MONEY
    short: Points = NO_POINTS

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
    gifts: GiftEnds = NOTHING_SAID,
) -> RefundPlan:
    """Plan a return at a moment. `gifts` says what becomes of undeserved ones.

    Points expire by the calendar day, coupons by the business day.
    Raises NothingToRefund, KeptCostsAll, UnitAlreadyReturned, UnitNotSold, UnitsWanted or
    RefundExceedsRest.
    """
    back = chosen_return(sold, selection, programme)
    today = at.astimezone(programme.zone).date()
    moved = points_moved(sold, back, owner, programme, today)
    due = gifts_due(sold, back, gifts)
    deduction = deduct(back.legs, moved.short, worth(due), programme.points)
    business_day = business_date(at, zone=programme.zone, cutover=programme.cutover)
    used_up = sold.gifts_waived | waived(due)
    coupons = coupons_back(sold, back, programme, business_day)
    return replace(
        _plan(sold, back, moved, deduction),
        coupons_back=tuple(one for one in coupons if one.coupon not in used_up),
        gifts_due=due,
        over_cap=_over_cap(owner, back, programme),
    )


def _over_cap(owner: Owner, back: Return, programme: Programme) -> Money:
    """Return how far the wallet is above the legal cap because of this return."""
    value = back.legs.principal + back.legs.bonus
    above = owner.balance + value - Money(programme.stored_value.named_limit_fen)
    return max(Money(), min(above, value))


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
        short=moved.short,
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
        gifts_waived=sold.gifts_waived | waived(plan.gifts_due),
    )
