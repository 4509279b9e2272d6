"""For every coupon in the member's hand: used, or why not and what is missing."""

from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.combination import Applied, Choice, Stage, order_level, wished
from pos_app.ledger.rules.coupon_scope import Candidate
from pos_app.ledger.rules.coupon_value import judge
from pos_app.ledger.rules.coupons import CouponVerdict, Unused
from pos_app.ledger.rules.programme_benefits import CouponRules
from pos_app.money import Money


def verdict_on(
    candidate: Candidate, choice: Choice, order: Order, rules: CouponRules
) -> CouponVerdict:
    """Say what became of one coupon."""
    for one in choice.chosen.applied:
        if one.candidate is candidate:
            return _used(one)
    judged = judge(candidate, _reference(candidate, choice, rules).still)
    reason = judged.reason
    if reason is None:
        reason = _passed_over(candidate, choice, order, rules)
    return CouponVerdict(
        candidate.held, Money(judged.saves), used=False, reason=reason, gap=judged.gap
    )


def _used(one: Applied) -> CouponVerdict:
    return CouponVerdict(one.candidate.held, Money(one.judged.saves), used=True)


def _reference(candidate: Candidate, choice: Choice, rules: CouponRules) -> Stage:
    """Judge an order coupon that excludes the member day as if it took the day's place."""
    instead = order_level(candidate, rules) and rules.exclusive_with_member_day
    return choice.plain if instead else choice.chosen.stage


def _passed_over(candidate: Candidate, choice: Choice, order: Order, rules: CouponRules) -> Unused:
    if not (order_level(candidate, rules) and wished(candidate, order)):
        return Unused.NOT_CHOSEN
    if choice.chosen.order_coupon is not None or not rules.max_order_level_per_order:
        return Unused.ONLY_ONE_PER_ORDER
    by_day = choice.chosen.stage.prices.member_day
    return Unused.EXCLUDED_BY_MEMBER_DAY if by_day else Unused.NOT_CHOSEN
