"""Which coupons an order may use, and what is said about the others."""

from dataclasses import replace
from datetime import datetime

import pytest

from pos_app.ledger.rules.basket import Order, amount_only
from pos_app.ledger.rules.coupons import Unused
from pos_app.ledger.rules.holder import Holder, Status
from pos_app.money import Money, Points
from tests.ledger.rules.till import (
    MEMBER_DAY,
    ORDINARY_DAY,
    SHANGHAI,
    column,
    coupon,
    line,
    order,
    priced,
    programme_with,
    verdict,
)

DISCOUNT = 'code = "D80"\ntype = "discount"\npct = 80\ncap_fen = 3000'
OPEN_DISCOUNT = 'code = "D88"\ntype = "discount"\npct = 88\nthreshold_fen = 1000'
EXCHANGE = 'code = "X-TEA"\ntype = "exchange"\nexchange_sku = "tea"'
TEA_ONLY = 'code = "TEA5"\ntype = "voucher"\nface_fen = 500\nscope = { skus = ["tea"] }'
HOT_FOOD = (
    'code = "FOOD"\ntype = "voucher"\nface_fen = 500\nthreshold_fen = 2000\n'
    'scope = { categories = ["food"], excluded_skus = ["soup"] }'
)


def scoped(scope: str) -> str:
    return f'code = "S"\ntype = "voucher"\nface_fen = 100\nscope = {{ {scope} }}'


NO_SOUP = scoped('excluded_skus = ["soup"]')


def holding(*templates: str, tier: str = "SILVER") -> Holder:
    held = tuple(coupon(code, number) for number, code in enumerate(templates, 1))
    return Holder(tier, coupons=held)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_a_missing_threshold_says_how_much_is_missing() -> None:
    answer = priced(order(line(28_800)), holding("M300-50"))

    assert verdict(answer).reason is Unused.BELOW_THRESHOLD
    assert verdict(answer).gap == Money(1_200)
    assert answer.runner_up is None


def test_the_threshold_itself_is_enough() -> None:
    answer = priced(order(line(30_000)), holding("M300-50"))

    assert answer.due == Money(25_000)


def test_a_voucher_never_exceeds_its_goods() -> None:
    answer = priced(order(line(300)), holding("NEW5"))

    assert answer.coupon_discount == Money(300)
    assert answer.due == Money(0)
    assert answer.missing == Money(0)


def test_a_discount_is_floored_for_the_member_and_capped() -> None:
    rules = programme_with(DISCOUNT, OPEN_DISCOUNT)

    capped = priced(order(line(20_000)), holding("D80"), programme=rules)
    floored = priced(order(line(1_001)), holding("D88"), programme=rules)

    assert capped.due == Money(17_000)
    assert floored.due == Money(880)


def test_a_coupon_for_some_goods_reaches_only_them() -> None:
    wanted = order(line(300, 2, "tea"), line(9_000, 1, "cake"))

    answer = priced(wanted, holding("TEA5"), programme=programme_with(TEA_ONLY))

    assert column(answer, "coupon") == [250, 250, 0]


def test_a_threshold_counts_only_the_goods_in_scope() -> None:
    food = replace(line(1_500, 1, "bun"), category="food")
    soup = replace(line(1_500, 1, "soup"), category="food")
    rules = programme_with(HOT_FOOD)

    short = priced(order(food, soup, line(9_000)), holding("FOOD"), programme=rules)
    enough = priced(order(food, food, soup), holding("FOOD"), programme=rules)

    assert verdict(short).gap == Money(500)
    assert column(enough, "coupon") == [250, 250, 0]


def test_without_goods_in_scope_the_coupon_says_so() -> None:
    answer = priced(order(line(9_000)), holding("TEA5"), programme=programme_with(TEA_ONLY))

    assert verdict(answer).reason is Unused.NO_GOODS_IN_SCOPE


@pytest.mark.parametrize(
    "template", [TEA_ONLY, HOT_FOOD, EXCHANGE, scoped('excluded_skus = ["x"]')]
)
def test_an_order_without_lines_cannot_use_a_coupon_that_names_goods(template: str) -> None:
    code = template.split('"')[1]
    wanted = Order(amount_only(Money(9_000)))

    answer = priced(wanted, holding(code), programme=programme_with(template))

    assert verdict(answer).reason is Unused.NEEDS_LINES


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        ('stores = ["S2"]', Unused.WRONG_STORE),
        ('channels = ["app"]', Unused.WRONG_CHANNEL),
        ("weekdays = [1, 3]", Unused.WRONG_WEEKDAY),
        ('hours = ["13:00", "18:00"]', Unused.WRONG_HOURS),
        ('hours = ["08:00", "12:00"]', Unused.WRONG_HOURS),
        ('hours = ["22:00", "02:00"]', Unused.WRONG_HOURS),
        ('hours = ["22:00", "12:00"]', Unused.WRONG_HOURS),
        ('tiers = ["GOLD"]', Unused.WRONG_TIER),
        ('stores = ["S1"]', None),
        ('channels = ["store"]', None),
        ("weekdays = [2]", None),
        ('hours = ["12:00", "12:01"]', None),
        ('hours = ["22:00", "12:01"]', None),
        ('tiers = ["SILVER"]', None),
    ],
)
def test_a_scope_of_place_and_time_is_kept_to(scope: str, reason: Unused | None) -> None:
    wanted = order(line(9_000), store="S1")

    answer = priced(wanted, holding("S"), ORDINARY_DAY, programme_with(scoped(scope)))

    assert verdict(answer).reason is reason
    assert verdict(answer).used is (reason is None)


def test_the_weekday_is_that_of_the_business_day_and_the_hour_that_of_the_wall() -> None:
    night = programme_with(scoped('weekdays = [2], hours = ["00:00", "03:00"]'))

    answer = priced(order(line(9_000)), holding("S"), at("2026-03-11 02:59"), night)

    assert verdict(answer).used


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ("2026-01-01 03:59", Unused.NOT_YET),
        ("2026-01-01 04:00", None),
        ("2027-01-01 03:59", None),
        ("2027-01-01 04:00", Unused.EXPIRED),
    ],
)
def test_validity_runs_by_the_business_day_last_day_included(
    moment: str, reason: Unused | None
) -> None:
    answer = priced(order(line(9_000)), holding("NEW5"), at(moment))

    assert verdict(answer).reason is reason


def test_a_coupon_of_an_unknown_template_is_not_used() -> None:
    answer = priced(order(line(9_000)), holding("OLD"))

    assert verdict(answer).reason is Unused.UNKNOWN_TEMPLATE


@pytest.mark.parametrize("gone", ["G200", "X-TEA", "tea"])
def test_what_the_store_cannot_hand_out_is_not_offered(gone: str) -> None:
    wanted = order(line(30_000, 1, "tea"), out_of_stock=(gone,))
    both = holding("G200", "X-TEA")

    answer = priced(wanted, both, programme=programme_with(EXCHANGE))

    refused = 1 if gone == "G200" else 2
    assert verdict(answer, refused).reason is Unused.OUT_OF_STOCK
    assert verdict(answer, 3 - refused).used


def test_an_exchange_coupon_frees_one_unit_and_stacks() -> None:
    wanted = order(line(1_001, 2, "tea"), line(30_000))

    answer = priced(wanted, holding("X-TEA", "M300-50", "G200"), programme=programme_with(EXCHANGE))

    assert column(answer, "coupon")[0] == 1_001
    assert answer.coupon_discount == Money(6_001)
    assert [use.template for use in answer.coupons] == ["G200", "X-TEA", "M300-50"]


def test_two_exchange_coupons_free_two_units_and_a_third_finds_none() -> None:
    three = holding("X-TEA", "X-TEA", "X-TEA")

    answer = priced(order(line(500, 2, "tea")), three, programme=programme_with(EXCHANGE))

    assert answer.due == Money(0)
    assert verdict(answer, 3).reason is Unused.NO_GOODS_IN_SCOPE


def test_an_exchange_coupon_frees_the_dearest_of_its_goods() -> None:
    wanted = order(line(500, 1, "tea"), line(700, 1, "tea"), line(700, 1, "tea"))

    answer = priced(wanted, holding("X-TEA"), programme=programme_with(EXCHANGE))

    assert column(answer, "coupon") == [0, 700, 0]


def test_goods_at_no_price_cannot_be_freed() -> None:
    wanted = order(line(0, 1, "tea"), line(700))

    answer = priced(wanted, holding("X-TEA"), programme=programme_with(EXCHANGE))

    assert verdict(answer).reason is Unused.NO_GOODS_IN_SCOPE


def test_a_voucher_for_goods_that_are_free_already_is_kept() -> None:
    rules = programme_with(EXCHANGE, TEA_ONLY)

    answer = priced(order(line(500, 1, "tea")), holding("X-TEA", "TEA5"), programme=rules)

    assert [use.template for use in answer.coupons] == ["X-TEA"]
    assert verdict(answer, 2).reason is Unused.NO_GOODS_IN_SCOPE


def test_a_gift_coupon_hands_out_its_gift_and_takes_nothing_off() -> None:
    answer = priced(order(line(20_000)), holding("G200"))

    assert answer.due == Money(20_000)
    assert answer.coupons[0].gift == Money(5_000)
    assert verdict(answer).used


@pytest.mark.parametrize("status", [Status.FROZEN, Status.BLACKLISTED])
def test_a_blocked_member_uses_no_coupon(status: Status) -> None:
    answer = priced(order(line(9_000)), replace(holding("NEW5"), status=status))

    assert answer.due == Money(9_000)
    assert verdict(answer).reason is Unused.MEMBER_BLOCKED


def test_a_walk_in_holds_no_coupons() -> None:
    answer = priced(order(line(9_000)), None)

    assert answer.verdicts == ()
    assert answer.points == Points(0)


def test_a_unit_that_is_free_still_counts_for_a_threshold() -> None:
    wanted = order(line(5_000, 1, "tea"), line(25_000))

    answer = priced(wanted, holding("X-TEA", "M300-50"), programme=programme_with(EXCHANGE))

    assert column(answer, "coupon") == [5_000, 5_000]


def test_a_free_unit_is_free_to_the_last_fen_of_its_share() -> None:
    wanted = order(line(1_001, 4, "tea"))
    holder = holding("X-TEA", tier="DIAMOND")

    answer = priced(wanted, holder, MEMBER_DAY, programme_with(EXCHANGE))

    assert column(answer, "goods") == [701, 701, 700, 700]
    assert column(answer, "coupon") == [701, 0, 0, 0]
