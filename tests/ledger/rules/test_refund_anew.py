"""In the mode `recompute`, what is kept is priced anew."""

from dataclasses import replace

import pytest

from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.refund import after_return, plan_refund
from pos_app.ledger.rules.refund_selection import (
    KeptCostsAll,
)
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Money
from tests.ledger.rules.till import (
    CASH,
    L1,
    L2,
    MEMBER,
    ORDINARY_DAY,
    PROGRAMME,
    WECHAT,
    asks,
    batch,
    coupon,
    line,
    lot,
    order,
    priced,
    programme_with,
    share,
    sold,
)

RICH = replace(
    MEMBER,
    lots=(lot(L1, 5_000, 600), lot(L2, 10_000, 1_500)),
    batches=(batch("2027-01-31", 5_000),),
)


def sale_of(wanted: Order, holder: Holder | None = RICH, programme: Programme = PROGRAMME) -> Sold:
    return sold(priced(wanted, holder, programme=programme))


def units(*chosen: int) -> frozenset[int]:
    return frozenset(chosen)


ANEW = programme_with(
    'code = "D80"\ntype = "discount"\npct = 80',
    'code = "X-TEA"\ntype = "exchange"\nexchange_sku = "tea"',
    'code = "TEA5"\ntype = "voucher"\nface_fen = 500\nscope = { skus = ["tea"] }',
    partial_refund_mode="recompute",
)


def with_coupon(code: str, wanted: Order) -> Sold:
    return sale_of(wanted, replace(RICH, coupons=(coupon(code),)), ANEW)


def test_a_coupon_that_is_no_longer_deserved_is_paid_by_the_return() -> None:
    sale = with_coupon("M300-50", order(line(23_990), line(8_990), tenders=asks(WECHAT)))

    plan = plan_refund(sale, units(1), ANEW, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 27_980 - 23_990),)


def test_a_coupon_that_is_still_deserved_stays_whole() -> None:
    sale = with_coupon("M300-50", order(line(30_990), line(1_990), tenders=asks(WECHAT)))

    plan = plan_refund(sale, units(1), ANEW, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 1_990),)


def test_a_percentage_is_taken_again_off_what_is_kept() -> None:
    sale = with_coupon("D80", order(line(1_001), line(2_000), tenders=asks(WECHAT)))

    plan = plan_refund(sale, units(1), ANEW, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 2_400 - 800),)


def test_a_unit_that_was_free_stays_free() -> None:
    sale = with_coupon("X-TEA", order(line(500, 1, "tea"), line(2_000, 2), tenders=asks(WECHAT)))

    plan = plan_refund(sale, units(1), ANEW, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 2_000),)


def test_a_coupon_of_an_unknown_template_is_not_taken_again() -> None:
    sale = with_coupon("NEW5", order(line(2_000, 2), tenders=asks(WECHAT)))
    unknown = replace(sale, coupons=(replace(sale.coupons[0], template="OLD"),))

    plan = plan_refund(unknown, units(1), ANEW, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 1_500),)


def test_the_rounding_of_the_sale_stays_given() -> None:
    sale = sale_of(order(line(1_003, 2), tenders=asks(CASH)), None, ANEW)

    plan = plan_refund(sale, units(1), ANEW, ORDINARY_DAY)

    assert plan.externals == (share(CASH, 1_003),)


def test_a_coupon_is_deserved_at_its_very_threshold() -> None:
    sale = with_coupon("M300-50", order(line(30_000), line(1_990), tenders=asks(WECHAT)))

    plan = plan_refund(sale, units(1), ANEW, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 1_990),)


def test_a_coupon_for_goods_that_all_came_back_is_not_taken_off_the_others() -> None:
    sale = with_coupon("TEA5", order(line(1_000, 1, "tea"), line(2_000), tenders=asks(WECHAT)))

    plan = plan_refund(sale, units(0), ANEW, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 500),)


@pytest.mark.parametrize("returned", [4_000, 5_000])
def test_a_return_that_leaves_nothing_to_refund_is_refused(returned: int) -> None:
    wanted = order(line(33_000 - returned), line(returned), tenders=asks(WECHAT))
    sale = with_coupon("M300-50", wanted)

    with pytest.raises(KeptCostsAll):
        plan_refund(sale, units(1), ANEW, ORDINARY_DAY)


def test_a_change_of_mode_between_two_returns_never_gives_back_more_than_was_paid() -> None:
    wanted = order(line(30_990), line(1_990), line(100), tenders=asks(WECHAT))
    sale = with_coupon("M300-50", wanted)

    first = plan_refund(sale, units(1), ANEW, ORDINARY_DAY)
    sale = after_return(sale, first)
    second = plan_refund(sale, units(0), PROGRAMME, ORDINARY_DAY)
    sale = after_return(sale, second)
    last = plan_refund(sale, units(2), PROGRAMME, ORDINARY_DAY)

    assert first.money == Money(1_990)
    assert second.money == Money(28_080 - 1_990)
    assert last.money == Money()
    assert last.whole
