"""Earned points that are already spent when their order comes back: both ways to settle them."""

from dataclasses import dataclass

from pos_app.ledger.rules.programme_benefits import PointsRules
from pos_app.ledger.rules.refund import RefundPlan
from pos_app.ledger.rules.refund_effects import deduct
from pos_app.ledger.rules.refund_gifts import worth
from pos_app.money import Money, Points, total_of


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the member gets in one way of settling, and what they owe afterwards."""

    money: Money
    debt: Points


@dataclass(frozen=True, slots=True)
class Shortage:
    """Points that are missing; `deducts` says which of the two ways the programme takes."""

    points: Points
    owing: Settlement
    deducting: Settlement
    deducts: bool


def shortage(plan: RefundPlan, rules: PointsRules) -> Shortage | None:
    """Return what is missing of the points that a return takes back; None when nothing is."""
    if not plan.short:
        return None
    return Shortage(
        plan.short,
        owing=_settled(plan, "debt", rules),
        deducting=_settled(plan, "deduct_refund", rules),
        deducts=rules.clawback_shortfall == "deduct_refund",
    )


def _settled(plan: RefundPlan, mode: str, rules: PointsRules) -> Settlement:
    as_if = rules.model_copy(update={"clawback_shortfall": mode})
    owed = plan.debt + Points(plan.deducted_for_points.minor // rules.value_fen)
    out = deduct(plan.legs, plan.short, worth(plan.gifts_due), as_if)
    outside = total_of([share.amount for share in out.externals])
    return Settlement(outside + plan.principal + plan.bonus, owed - out.points)
