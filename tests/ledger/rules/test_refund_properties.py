"""However a sale comes back, it comes back exactly."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.rules.refund import RefundPlan, after_return, plan_refund
from pos_app.ledger.rules.refund_legs import legs_of
from pos_app.ledger.rules.refund_selection import KeptCostsAll
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Money, total_of
from tests.ledger.rules.test_quote_properties import RULES, paid_quotes
from tests.ledger.rules.till import ORDINARY_DAY, sold

LATER = ORDINARY_DAY + timedelta(days=100)
_COUPON = RULES.coupon.model_copy(update={"partial_refund_mode": "recompute"})
ANEW = RULES.model_copy(update={"coupon": _COUPON})


def returns(sale: Sold, data: st.DataObject, programme: Programme) -> list[RefundPlan]:
    """Return a sale in random parts until nothing is left."""
    plans: list[RefundPlan] = []
    while len(sale.returned_units) < len(sale.units):
        plan = one_return(sale, data, programme)
        plans.append(plan)
        sale = after_return(sale, plan)
    return plans


def one_return(sale: Sold, data: st.DataObject, programme: Programme) -> RefundPlan:
    left = sorted(frozenset(range(len(sale.units))) - sale.returned_units)
    rest = legs_of(sale.units).paid - sale.returned_amount
    if sale.itemised:
        chosen = frozenset(data.draw(st.sets(st.sampled_from(left), min_size=1)))
        try:
            return plan_refund(sale, chosen, programme, LATER)
        except KeptCostsAll:
            assert programme is ANEW
            return plan_refund(sale, None, programme, LATER)
    if rest and left and data.draw(st.booleans()):
        wanted = Money(data.draw(st.integers(1, rest.minor)))
        return plan_refund(sale, wanted, programme, LATER)
    return plan_refund(sale, None, programme, LATER)


@given(paid_quotes(), st.data(), st.sampled_from([RULES, ANEW]))
def test_a_full_return_in_any_parts_gives_back_exactly_what_was_taken(
    answer: Quote, data: st.DataObject, programme: Programme
) -> None:
    sale = sold(answer)

    plans = returns(sale, data, programme)

    assert outside(plans) == Counter({one.tender: one.amount.minor for one in answer.externals})
    assert total_of([one.principal for one in plans]) == answer.principal
    assert total_of([one.bonus for one in plans]) == answer.bonus
    assert sum(one.points.minor for one in plans) == answer.points.minor
    assert refilled(plans) == {one.lot: (one.principal, one.bonus) for one in answer.lots}
    assert [one.whole for one in plans] == [False] * (len(plans) - 1) + [True]


@given(paid_quotes(), st.data(), st.sampled_from([RULES, ANEW]))
def test_a_full_return_takes_back_exactly_what_was_earned(
    answer: Quote, data: st.DataObject, programme: Programme
) -> None:
    plans = returns(sold(answer), data, programme)

    assert sum(one.clawback.minor for one in plans) == answer.earns.minor
    assert sum(one.pending_back.minor for one in plans) == answer.pending.minor
    assert sum(one.growth_back.minor for one in plans) == answer.grows.minor
    assert total_of([one.eligible_back for one in plans]) == answer.eligible
    assert len(plans[-1].coupons_back) == len(answer.coupons)


@given(paid_quotes(), st.data(), st.sampled_from([RULES, ANEW]))
def test_no_part_of_a_return_is_negative(
    answer: Quote, data: st.DataObject, programme: Programme
) -> None:
    plans = returns(sold(answer), data, programme)

    for plan in plans:
        amounts = (plan.legs.points, plan.principal, plan.bonus, plan.legs.outside, plan.amount)
        assert min(*amounts, *(one.amount for one in plan.legs.external)) >= Money()
        assert min(plan.points.minor, plan.clawback.minor, plan.growth_back.minor) >= 0
        assert sum(one.points.minor for one in plan.batches) == plan.points.minor


def outside(plans: list[RefundPlan]) -> Counter[object]:
    back: Counter[object] = Counter()
    for plan in plans:
        back.update({one.tender: one.amount.minor for one in plan.legs.external})
    return +back


def refilled(plans: list[RefundPlan]) -> dict[object, tuple[Money, Money]]:
    back: dict[object, tuple[Money, Money]] = {}
    for plan in plans:
        for one in plan.lots:
            principal, bonus = back.get(one.lot, (Money(), Money()))
            back[one.lot] = (principal + one.principal, bonus + one.bonus)
    return back
