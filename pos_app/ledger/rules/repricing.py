"""What the kept part of a returned order would cost by itself (partial refund mode `recompute`)."""

from collections.abc import Sequence

from pos_app.ledger.rules.coupon_value import reduction
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.quote import CouponUse
from pos_app.ledger.rules.units import UnitRow
from pos_app.money import Money


def due_anew(kept: Sequence[UnitRow], coupons: Sequence[CouponUse], programme: Programme) -> Money:
    """Price kept units anew: item benefits stay, coupons must be deserved by what is kept.

    A unit that a coupon made free stays free.
    """
    due = sum(row.goods.minor for row in kept if row.goods != row.coupon)
    return Money(due - sum(_off(kept, coupon, programme) for coupon in coupons))


def _off(kept: Sequence[UnitRow], use: CouponUse, programme: Programme) -> int:
    template = programme.template(use.template)
    if template is None or template.type in {"exchange", "gift"}:
        return 0
    reached = [row for row in kept if row.line in use.lines]
    if sum(row.goods.minor for row in reached) < use.threshold.minor:
        return 0
    return reduction(template, sum(row.goods.minor for row in reached if row.goods != row.coupon))
