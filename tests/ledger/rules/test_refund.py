"""What comes back follows the stored rows, to the fen and to the lot."""

from dataclasses import replace
from datetime import datetime

import pytest

from pos_app.ledger.rules.basket import Order, amount_only
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.refund import after_return, plan_refund
from pos_app.ledger.rules.refund_effects import CouponBack
from pos_app.ledger.rules.refund_selection import (
    NothingToRefund,
    RefundExceedsRest,
    UnitAlreadyReturned,
    UnitNotSold,
    UnitsWanted,
)
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Growth, Money, Points
from tests.ledger.rules.till import (
    CASH,
    L1,
    L2,
    MEMBER,
    ORDINARY_DAY,
    PROGRAMME,
    SHANGHAI,
    STORED,
    WECHAT,
    asks,
    batch,
    coupon,
    day,
    line,
    lot,
    order,
    priced,
    programme_with,
    share,
    sold,
)

GIFT_ID = coupon("G200").id
RICH = replace(
    MEMBER,
    lots=(lot(L1, 5_000, 600), lot(L2, 10_000, 1_500)),
    batches=(batch("2027-01-31", 5_000),),
)

WITH_VOUCHER = replace(RICH, coupons=(coupon("NEW5"),))


def sale_of(wanted: Order, holder: Holder | None = RICH, programme: Programme = PROGRAMME) -> Sold:
    return sold(priced(wanted, holder, programme=programme))


def amount_sale(fen: int = 10_001) -> Sold:
    wanted = Order(amount_only(Money(fen)), tenders=asks((STORED, 6_000), WECHAT))
    return sale_of(replace(wanted, points=Points(1_000)))


def units(*chosen: int) -> frozenset[int]:
    return frozenset(chosen)


def test_the_last_lot_consumed_is_refilled_first() -> None:
    sale = sale_of(order(line(4_000, 2), tenders=asks(STORED)))

    plan = plan_refund(sale, units(0), PROGRAMME, ORDINARY_DAY)

    assert plan.lots[0].lot == L2
    assert plan.principal + plan.bonus == Money(4_000)
    assert plan.money == Money(4_000)


def test_two_halves_refill_both_lots_exactly() -> None:
    sale = sale_of(order(line(4_000, 2), tenders=asks(STORED)))

    first = plan_refund(sale, units(1), PROGRAMME, ORDINARY_DAY)
    rest = plan_refund(after_return(sale, first), None, PROGRAMME, ORDINARY_DAY)

    assert rest.whole
    back = {L1: [0, 0], L2: [0, 0]}
    for one in (*first.lots, *rest.lots):
        back[one.lot][0] += one.principal.minor
        back[one.lot][1] += one.bonus.minor
    assert back == {one.lot: [one.principal.minor, one.bonus.minor] for one in sale.lots}


def test_a_walk_in_gets_the_cash_back_that_was_paid() -> None:
    sale = sale_of(order(line(1_007), tenders=asks(CASH)), None)

    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY)

    assert plan.externals == (share(CASH, 1_000),)
    assert plan.legs.rounding == Money(7)
    assert (plan.clawback, plan.growth_back, plan.eligible_back) == (Points(), Growth(), Money())


def test_a_sum_takes_the_floor_of_every_leg() -> None:
    plan = plan_refund(amount_sale(), Money(3_333), PROGRAMME, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 3_001 * 3_333 // 10_001),)
    assert plan.principal == Money(principal_of(amount_sale()) * 3_333 // 10_001)
    assert plan.points == Points(333)
    assert plan.units == units()
    assert not plan.whole


def principal_of(sale: Sold) -> int:
    return sum(one.principal.minor for one in sale.lots)


def test_sums_that_make_up_the_whole_restore_the_exact_split() -> None:
    sale = amount_sale()

    outside, points, principal = 0, 0, 0
    for fen in (3_333, 1, 6_666, 1):
        plan = plan_refund(sale, Money(fen), PROGRAMME, ORDINARY_DAY)
        outside += plan.legs.outside.minor
        points += plan.points.minor
        principal += plan.principal.minor
        sale = after_return(sale, plan)

    assert plan.whole
    assert plan.units == units(0)
    assert (outside, points) == (3_001, 1_000)
    assert principal == principal_of(sale)


def test_everything_after_a_sum_is_the_rest() -> None:
    sale = amount_sale()
    sale = after_return(sale, plan_refund(sale, Money(5_000), PROGRAMME, ORDINARY_DAY))

    plan = plan_refund(sale, units(0), PROGRAMME, ORDINARY_DAY)

    assert plan.amount == Money(5_001)
    assert plan.whole


def test_more_than_the_rest_is_refused() -> None:
    sale = amount_sale()
    sale = after_return(sale, plan_refund(sale, Money(5_000), PROGRAMME, ORDINARY_DAY))

    with pytest.raises(RefundExceedsRest) as refused:
        plan_refund(sale, Money(5_002), PROGRAMME, ORDINARY_DAY)

    assert (refused.value.wanted, refused.value.rest) == (Money(5_002), Money(5_001))


@pytest.mark.parametrize("selection", [units(), Money(0), Money(-1)])
def test_nothing_is_not_returned(selection: frozenset[int] | Money) -> None:
    with pytest.raises(NothingToRefund):
        plan_refund(amount_sale(), selection, PROGRAMME, ORDINARY_DAY)


def test_what_is_gone_does_not_come_back_again() -> None:
    sale = sale_of(order(line(1_000, 2), tenders=asks(WECHAT)))
    half = after_return(sale, plan_refund(sale, units(0), PROGRAMME, ORDINARY_DAY))
    gone = after_return(half, plan_refund(half, None, PROGRAMME, ORDINARY_DAY))

    with pytest.raises(UnitAlreadyReturned) as twice:
        plan_refund(half, units(0, 1), PROGRAMME, ORDINARY_DAY)
    with pytest.raises(NothingToRefund):
        plan_refund(gone, None, PROGRAMME, ORDINARY_DAY)

    assert twice.value.unit == 0


@pytest.mark.parametrize("unit", [-1, 2])
def test_a_unit_that_was_not_sold_is_refused(unit: int) -> None:
    sale = sale_of(order(line(1_000, 2), tenders=asks(WECHAT)))

    with pytest.raises(UnitNotSold) as refused:
        plan_refund(sale, units(unit), PROGRAMME, ORDINARY_DAY)

    assert refused.value.unit == unit


def test_an_order_with_lines_is_returned_by_unit() -> None:
    sale = sale_of(order(line(1_000), tenders=asks(WECHAT)))

    with pytest.raises(UnitsWanted):
        plan_refund(sale, Money(500), PROGRAMME, ORDINARY_DAY)


def test_an_order_that_cost_nothing_still_gives_its_coupon_back() -> None:
    sale = sale_of(order(line(500)), WITH_VOUCHER)

    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY)

    assert plan.money == Money()
    assert plan.coupons_back == (CouponBack(GIFT_ID, "NEW5", day("2026-12-31")),)


@pytest.mark.parametrize(
    ("moment", "until"),
    [("2027-01-01 03:59", "2026-12-31"), ("2027-01-01 04:00", "2027-01-08")],
)
def test_a_coupon_keeps_its_last_day_until_the_business_day_after(moment: str, until: str) -> None:
    sale = sale_of(
        order(line(9_000), tenders=asks(WECHAT)), replace(RICH, coupons=(coupon("NEW5"),))
    )
    at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)

    plan = plan_refund(sale, None, PROGRAMME, at)

    assert plan.coupons_back[0].valid_until == day(until)


def test_a_programme_may_keep_used_coupons() -> None:
    sale = sale_of(
        order(line(9_000), tenders=asks(WECHAT)), replace(RICH, coupons=(coupon("NEW5"),))
    )

    plan = plan_refund(sale, None, programme_with(return_on_full_refund=False), ORDINARY_DAY)

    assert plan.coupons_back == ()
