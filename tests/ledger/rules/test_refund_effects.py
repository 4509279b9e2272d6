"""A return takes back what the order earned, and gifts that are no longer deserved."""

from dataclasses import replace

from pos_app.ids import CouponId
from pos_app.ledger.rules.basket import Order, amount_only
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.refund import after_return, plan_refund
from pos_app.ledger.rules.refund_effects import Owner
from pos_app.ledger.rules.refund_gifts import GiftDue, GiftEnd
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Money, Points
from tests.ledger.rules.till import (
    CASH,
    L1,
    L2,
    MEMBER,
    ORDINARY_DAY,
    PROGRAMME,
    STORED,
    WECHAT,
    asks,
    batch,
    coupon,
    line,
    lot,
    order,
    priced,
    share,
    sold,
)

GIFT_ID = coupon("G200").id
RICH = replace(
    MEMBER,
    lots=(lot(L1, 5_000, 600), lot(L2, 10_000, 1_500)),
    batches=(batch("2027-01-31", 5_000),),
)


def sale_of(wanted: Order, holder: Holder | None = RICH, programme: Programme = PROGRAMME) -> Sold:
    return sold(priced(wanted, holder, programme=programme))


def units(*chosen: int) -> frozenset[int]:
    return frozenset(chosen)


def shortfall_is(mode: str) -> Programme:
    points = PROGRAMME.points.model_copy(update={"clawback_shortfall": mode})
    return PROGRAMME.model_copy(update={"points": points})


def test_points_that_come_back_are_taken_for_the_clawback_before_a_debt_arises() -> None:
    sale = sale_of(order(line(10_000), points=Points(3_000), tenders=asks(WECHAT)))

    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY)

    assert plan.points == Points(3_000)
    assert plan.clawback == Points(70)
    assert plan.clawed == (batch("2027-01-31", 70),)
    assert plan.debt == Points(0)


def test_points_that_come_back_repay_an_older_debt() -> None:
    sale = sale_of(order(line(10_000), points=Points(3_000), tenders=asks(WECHAT)))

    plan = plan_refund(
        sale, None, shortfall_is("deduct_refund"), ORDINARY_DAY, owner=Owner(debt=Points(4_000))
    )

    assert plan.clawed == (batch("2027-01-31", 3_000),)
    assert plan.deducted_for_points == Money(70)
    assert plan.debt == Points(1_000)


def test_the_deduction_never_exceeds_the_external_refund() -> None:
    sale = sale_of(order(line(10_000), tenders=asks((STORED, 9_970), WECHAT)))

    plan = plan_refund(sale, None, shortfall_is("deduct_refund"), ORDINARY_DAY)

    assert plan.money == Money(9_970)
    assert plan.deducted_for_points == Money(30)
    assert plan.debt == plan.clawback - Points(30)


def test_a_deduction_is_shared_by_the_tenders() -> None:
    sale = sale_of(order(line(10_000), tenders=asks((WECHAT, 5_000), CASH)))

    plan = plan_refund(sale, None, shortfall_is("deduct_refund"), ORDINARY_DAY)

    assert plan.externals == (share(WECHAT, 4_950), share(CASH, 4_950))


def test_expired_points_are_not_there_to_be_taken_back() -> None:
    sale = sale_of(order(line(10_000), tenders=asks(WECHAT)))
    stale = Owner((batch("2026-03-09", 1_000),))

    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY, owner=stale)

    assert plan.debt == Points(100)


def test_points_under_review_are_given_up_first() -> None:
    capped = replace(RICH, earned_today=Points(9_900))
    sale = sale_of(order(line(10_000, 2), tenders=asks(WECHAT)), capped)
    holding = Owner((batch("2028-03-31", 100),))

    first = plan_refund(sale, units(0), PROGRAMME, ORDINARY_DAY, owner=holding)
    last = plan_refund(after_return(sale, first), None, PROGRAMME, ORDINARY_DAY, owner=holding)

    assert (first.clawback, first.pending_back) == (Points(0), Points(100))
    assert (last.clawback, last.pending_back) == (Points(100), Points(0))


def test_a_gift_whose_threshold_breaks_comes_back_once() -> None:
    holder = replace(RICH, coupons=(coupon("G200"),))
    sale = sale_of(order(line(10_000, 3), tenders=asks(WECHAT)), holder)

    still = plan_refund(sale, units(0), PROGRAMME, ORDINARY_DAY)
    half = after_return(sale, still)
    broken = plan_refund(half, units(1), PROGRAMME, ORDINARY_DAY)
    after = plan_refund(after_return(half, broken), None, PROGRAMME, ORDINARY_DAY)

    assert still.gifts_due == ()
    assert broken.gifts_due == (GiftDue(GIFT_ID, "G200", Money(5_000)),)
    assert after.gifts_due == ()
    assert after.coupons_back != ()


def test_a_gift_that_stays_is_paid_from_the_external_refund() -> None:
    holder = replace(RICH, coupons=(coupon("G200"),))
    sale = sale_of(order(line(10_000, 2), tenders=asks(WECHAT)), holder)

    plan = plan_refund(
        sale,
        units(0),
        PROGRAMME,
        ORDINARY_DAY,
        gifts={GIFT_ID: GiftEnd.KEPT, CouponId(L1): GiftEnd.KEPT},
    )

    assert plan.deducted_for_gifts == Money(5_000)
    assert plan.externals == (share(WECHAT, 5_000),)


def test_a_gift_of_an_order_without_lines_follows_its_sum() -> None:
    holder = replace(RICH, coupons=(coupon("G200"),))
    sale = sale_of(Order(amount_only(Money(25_000)), tenders=asks(WECHAT)), holder)

    kept = plan_refund(sale, Money(5_000), PROGRAMME, ORDINARY_DAY)
    broken = plan_refund(sale, Money(5_001), PROGRAMME, ORDINARY_DAY)

    assert kept.gifts_due == ()
    assert len(broken.gifts_due) == 1


def test_the_value_of_a_gift_never_exceeds_the_external_refund() -> None:
    holder = replace(RICH, coupons=(coupon("G200"),))
    sale = sale_of(order(line(20_000), tenders=asks((STORED, 16_000), WECHAT)), holder)

    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY, gifts={GIFT_ID: GiftEnd.KEPT})

    assert plan.deducted_for_gifts == Money(4_000)
    assert plan.money == Money(16_000)
