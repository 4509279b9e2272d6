"""What becomes of gifts whose order comes back, and of a coupon with them."""

from dataclasses import replace

from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.refund import after_return, plan_refund
from pos_app.ledger.rules.refund_effects import Owner
from pos_app.ledger.rules.refund_gifts import GiftEnd
from pos_app.ledger.rules.refund_record import plan_body, plan_from
from pos_app.ledger.rules.shortage import Settlement, Shortage, shortage
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Money, Points
from tests.ledger.rules.till import (
    L1,
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
WAIVED = {GIFT_ID: GiftEnd.WAIVED}
BUYER = replace(MEMBER, lots=(lot(L1, 50_000, 6_000),))


def sale_of(wanted: Order, holder: Holder = BUYER) -> Sold:
    return sold(priced(wanted, holder))


def units(*chosen: int) -> frozenset[int]:
    return frozenset(chosen)


def with_gift(quantity: int) -> Sold:
    holder = replace(BUYER, coupons=(coupon("G200"),))
    return sale_of(order(line(10_000, quantity), tenders=asks(WECHAT)), holder)


def test_a_waived_gift_costs_nothing_and_uses_its_coupon_up() -> None:
    sale = with_gift(2)

    waived = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY, gifts=WAIVED)
    handed_in = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY)

    assert waived.deducted_for_gifts == Money()
    assert waived.externals == (share(WECHAT, 20_000),)
    assert (waived.coupons_back, len(handed_in.coupons_back)) == ((), 1)


def test_a_gift_waived_in_part_of_a_return_brings_no_coupon_back_with_the_rest() -> None:
    sale = with_gift(2)

    first = plan_refund(sale, units(0), PROGRAMME, ORDINARY_DAY, gifts=WAIVED)
    rest = plan_refund(after_return(sale, first), None, PROGRAMME, ORDINARY_DAY)

    assert rest.whole
    assert rest.coupons_back == ()


def test_what_became_of_a_gift_is_written_down_and_read_back() -> None:
    plan = plan_refund(with_gift(2), None, PROGRAMME, ORDINARY_DAY, gifts=WAIVED)

    assert plan_from(plan_body(plan)) == plan


def test_points_already_spent_are_owed_or_deducted() -> None:
    sale = sale_of(order(line(50_000), tenders=asks(WECHAT)))
    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY)

    assert shortage(plan, PROGRAMME.points) == Shortage(
        Points(500),
        owing=Settlement(Money(50_000), Points(500)),
        deducting=Settlement(Money(49_500), Points(0)),
        deducts=False,
    )


def test_no_more_is_deducted_than_the_external_refund() -> None:
    sale = sale_of(order(line(50_000), tenders=asks((STORED, 49_900), WECHAT)))
    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY)

    short = shortage(plan, PROGRAMME.points)

    assert short is not None
    assert short.deducting.money == plan.principal + plan.bonus
    assert short.deducting.debt == short.points - Points(100)


def test_points_that_lie_elsewhere_are_not_spent() -> None:
    points = PROGRAMME.points.model_copy(update={"clawback_shortfall": "deduct_refund"})
    rules = PROGRAMME.model_copy(update={"points": points})
    sale = sale_of(order(line(50_000), tenders=asks(WECHAT)))
    away = Owner((batch("2028-03-31", 100),), elsewhere=Points(300))

    plan = plan_refund(sale, None, rules, ORDINARY_DAY, owner=away)

    assert (plan.clawback, plan.short, plan.debt) == (Points(500), Points(100), Points(300))
    assert plan.deducted_for_points == Money(100)


def test_nothing_is_short_where_the_points_are_still_there() -> None:
    sale = sale_of(order(line(50_000), tenders=asks(WECHAT)))
    holding = Owner((batch("2028-03-31", 500),))

    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY, owner=holding)

    assert shortage(plan, PROGRAMME.points) is None


def test_value_above_the_cap_is_told() -> None:
    sale = sale_of(order(line(20_000), tenders=asks(STORED)))
    full = Owner(balance=Money(PROGRAMME.stored_value.named_limit_fen - 5_000))

    assert plan_refund(sale, None, PROGRAMME, ORDINARY_DAY, owner=full).over_cap == Money(15_000)
    assert plan_refund(sale, None, PROGRAMME, ORDINARY_DAY).over_cap == Money()
