"""The worked examples of the programme, with exactly their numbers."""

from dataclasses import replace
from datetime import datetime

import pytest

from pos_app.ledger.rules.basket import Order as RawOrder
from pos_app.ledger.rules.basket import Tender, amount_only
from pos_app.ledger.rules.coupons import Unused
from pos_app.ledger.rules.quote import MEMBER_DAY as MEMBER_DAY_NAME
from pos_app.ledger.rules.quote import Alternative, Quote
from pos_app.ledger.rules.refund import RefundPlan, after_return, plan_refund
from pos_app.ledger.rules.refund_effects import CouponBack, Owner
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Growth, Money, Points
from tests.ledger.rules.till import (
    BASE,
    CASH,
    L1,
    L2,
    MEMBER,
    MEMBER_DAY,
    ORDINARY_DAY,
    PROGRAMME,
    SHANGHAI,
    STORED,
    WECHAT,
    asks,
    batch,
    column,
    coupon,
    day,
    line,
    lot,
    order,
    priced,
    programme_with,
    share,
    sold,
    spend,
    verdict,
)

LOTS = (lot(L1, 50_000, 6_000), lot(L2, 100_000, 15_000))
B1, B2, B3 = batch("2026-03-31", 1_200), batch("2026-08-31", 900), batch("2027-05-31", 2_000)
M300 = coupon("M300-50", until="2026-04-05")
SILVER = replace(MEMBER, lots=LOTS, batches=(B1, B2, B3), coupons=(M300,))
EARNED_UNTIL = "2028-03-31"


def composite() -> Quote:
    wanted = order(
        line(19_900),
        line(4_300, 3),
        line(5_990),
        points=Points(2_600),
        tenders=asks((STORED, 20_000), WECHAT),
    )
    return priced(wanted, SILVER)


def owner(*earned: int) -> Owner:
    left = (batch("2027-05-31", 1_500), *(batch(EARNED_UNTIL, points) for points in earned))
    return Owner(left)


def returned(sale: Sold, units: set[int], left: int, at: datetime = ORDINARY_DAY) -> RefundPlan:
    return plan_refund(sale, frozenset(units), PROGRAMME, at, owner=owner(left))


def second_return() -> tuple[RefundPlan, RefundPlan, Sold]:
    sale = sold(composite())
    first = returned(sale, {1, 2}, 290)
    sale = after_return(sale, first)
    second = returned(sale, {3, 4}, 226)
    return first, second, after_return(sale, second)


def test_d01_cash_is_rounded_down_and_earns_on_what_was_paid() -> None:
    answer = priced(order(line(12_867), tenders=asks(CASH)), BASE)

    assert answer.rounding == Money(7)
    assert answer.payable == Money(12_860)
    assert answer.externals == (share(CASH, 12_860),)
    assert answer.earns == Points(128)
    assert answer.grows == Growth(25)


@pytest.mark.parametrize("tender", [Tender.WECHAT, Tender.ALIPAY, Tender.CARD, STORED])
def test_d02_electronic_tenders_charge_the_exact_amount(tender: Tender) -> None:
    answer = priced(order(line(10_787), tenders=asks(tender)), SILVER)

    assert answer.payable == Money(10_787)
    assert answer.missing == Money(0)


def test_d02_cash_charges_down_to_the_jiao() -> None:
    answer = priced(order(line(10_787), tenders=asks(CASH)), None)

    assert answer.externals == (share(CASH, 10_780),)


def test_d02_of_a_mixed_payment_only_the_cash_part_is_rounded() -> None:
    answer = priced(order(line(10_787), tenders=asks((STORED, 10_000), CASH)), SILVER)

    assert answer.stored_value == Money(10_000)
    assert answer.externals == (share(CASH, 780),)
    assert answer.rounding == Money(7)


def test_d05_a_payment_crosses_two_lots() -> None:
    holder = replace(BASE, lots=LOTS)

    answer = priced(order(line(60_000), tenders=asks(STORED)), holder)

    assert answer.lots == (spend(L1, 50_000, 6_000), spend(L2, 3_478, 522))
    assert (answer.principal, answer.bonus) == (Money(53_478), Money(6_522))
    assert (answer.earns, answer.grows) == (Points(534), Growth(106))


def test_d06_coupon_points_stored_value_and_wechat_are_allocated_to_the_fen() -> None:
    answer = composite()

    assert column(answer, "goods") == [19_900, 4_300, 4_300, 4_300, 5_990]
    assert column(answer, "coupon") == [2_565, 555, 554, 554, 772]
    assert column(answer, "points") == [1_334, 288, 288, 288, 402]
    assert column(answer, "principal") == [9_161, 1_979, 1_980, 1_980, 2_757]
    assert column(answer, "bonus") == [1_099, 238, 238, 237, 331]
    assert column(answer, "paid_outside") == [5_741, 1_240, 1_240, 1_241, 1_728]


def test_d06_sums_and_earnings() -> None:
    answer = composite()

    assert answer.due == Money(31_190)
    assert answer.most_points == Points(4_100)
    assert (answer.principal, answer.bonus) == (Money(17_857), Money(2_143))
    assert answer.externals == (share(WECHAT, 11_190),)
    assert answer.eligible == Money(29_047)
    assert (answer.earns, answer.grows) == (Points(290), Growth(58))
    assert answer.batches == (B1, B2, batch("2027-05-31", 500))
    assert answer.lots == (spend(L1, 17_857, 2_143),)


def test_d07_two_units_come_back_as_their_rows_say() -> None:
    plan, _, _ = second_return()

    assert plan.externals == (share(WECHAT, 2_480),)
    assert plan.lots == (spend(L1, 3_959, 476),)
    assert plan.batches == (batch("2027-05-31", 500), batch("2026-08-31", 76))
    assert plan.legs.coupon == Money(1_109)
    assert plan.coupons_back == ()
    assert plan.legs.goods == Money(8_600)
    assert (plan.clawback, plan.growth_back) == (Points(64), Growth(13))
    assert plan.clawed == (batch(EARNED_UNTIL, 64),)


def test_d08_the_next_return_goes_on_where_the_first_ended() -> None:
    _, plan, _ = second_return()

    assert plan.externals == (share(WECHAT, 2_969),)
    assert plan.lots == (spend(L1, 4_737, 568),)
    assert plan.batches == (batch("2026-08-31", 690),)
    assert (plan.clawback, plan.growth_back) == (Points(77), Growth(16))
    assert plan.coupons_back == ()
    assert plan.kept_eligible == Money(14_902)
    assert (plan.stands_points, plan.stands_growth) == (Points(149), Growth(29))


def test_d09_the_last_return_brings_everything_home() -> None:
    first, second, sale = second_return()
    at = datetime(2026, 4, 10, 12, 0, tzinfo=SHANGHAI)

    plan = returned(sale, {0}, 149, at)

    assert plan.externals == (share(WECHAT, 5_741),)
    assert plan.lots == (spend(L1, 9_161, 1_099),)
    assert plan.batches == (batch("2026-08-31", 134), batch("2026-05-10", 1_200))
    assert (plan.clawback, plan.growth_back) == (Points(149), Growth(29))
    assert plan.coupons_back == (CouponBack(M300.id, "M300-50", day("2026-04-17"), anew=True),)
    assert first.legs.paid + second.legs.paid + plan.legs.paid == Money(33_790)


def test_d10_spent_points_become_a_debt() -> None:
    sale = sold(priced(order(line(50_000), tenders=asks(WECHAT)), BASE))

    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 50_000),)
    assert plan.clawback == Points(500)
    assert plan.debt == Points(500)


def test_d10_or_their_value_is_deducted_from_the_external_refund() -> None:
    sale = sold(priced(order(line(50_000), tenders=asks(WECHAT)), BASE))
    points = PROGRAMME.points.model_copy(update={"clawback_shortfall": "deduct_refund"})
    agreed = PROGRAMME.model_copy(update={"points": points})

    plan = plan_refund(sale, None, agreed, ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 49_500),)
    assert plan.deducted_for_points == Money(500)
    assert plan.debt == Points(0)


def test_d12_gold_is_proposed_the_member_day() -> None:
    holder = replace(SILVER, tier="GOLD")

    answer = priced(order(line(23_990), line(8_990)), holder, MEMBER_DAY)

    assert answer.member_day
    assert answer.due == Money(26_384)
    assert answer.runner_up == Alternative("M300-50", Money(5_000))
    assert answer.item_discount - Money(5_000) == Money(1_596)
    assert verdict(answer).reason is Unused.EXCLUDED_BY_MEMBER_DAY


def test_d12_silver_is_proposed_the_coupon() -> None:
    answer = priced(order(line(23_990), line(8_990)), SILVER, MEMBER_DAY)

    assert not answer.member_day
    assert answer.due == Money(27_980)
    assert answer.runner_up == Alternative(MEMBER_DAY_NAME, Money(3_298))
    assert answer.coupon_discount - Money(3_298) == Money(1_702)


def test_d12_the_threshold_looks_at_prices_after_the_member_day() -> None:
    both = programme_with(exclusive_with_member_day=False)
    wanted = order(line(23_990), line(8_990), member_day=True)

    answer = priced(wanted, SILVER, MEMBER_DAY, both)

    assert answer.goods == Money(29_682)
    assert verdict(answer).reason is Unused.BELOW_THRESHOLD
    assert verdict(answer).gap == Money(318)
    assert answer.coupons == ()


def test_an_amount_without_lines_is_one_unit() -> None:
    wanted = RawOrder(amount_only(Money(38_790)), tenders=asks(WECHAT))

    answer = priced(wanted, SILVER)

    assert column(answer, "goods") == [38_790]
    assert column(answer, "coupon") == [5_000]
