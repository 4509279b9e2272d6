"""The best legal combination is proposed, and a chosen one is obeyed."""

from dataclasses import replace
from uuid import UUID

from pos_app.ids import CouponId
from pos_app.ledger.rules.coupons import Unused
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.quote import Alternative
from pos_app.money import Money
from tests.ledger.rules.till import (
    BASE,
    MEMBER_DAY,
    coupon,
    line,
    order,
    priced,
    programme_with,
    verdict,
)


def holding(*templates: str, tier: str = "SILVER") -> Holder:
    held = tuple(coupon(code, number) for number, code in enumerate(templates, 1))
    return Holder(tier, coupons=held)


def test_the_larger_saving_is_proposed_and_the_next_best_is_named() -> None:
    answer = priced(order(line(52_000)), holding("NEW5", "M300-50", "M500-100"))

    assert [use.template for use in answer.coupons] == ["M500-100"]
    assert answer.due == Money(42_000)
    assert answer.runner_up == Alternative("M300-50", Money(5_000))
    assert verdict(answer, 1).reason is Unused.ONLY_ONE_PER_ORDER
    assert verdict(answer, 1).saves == Money(500)
    assert verdict(answer, 3).used


def test_of_equal_coupons_the_one_that_expires_first_is_used() -> None:
    held = (coupon("NEW5", 1, "2026-12-31"), coupon("NEW5", 2, "2026-06-30"))

    answer = priced(order(line(1_000)), Holder("BASE", coupons=held))

    assert [use.coupon.int for use in answer.coupons] == [2]
    assert answer.runner_up is None


def test_equal_coupons_of_one_day_go_by_template_and_then_by_id() -> None:
    twins = programme_with('code = "A5"\ntype = "voucher"\nface_fen = 500')
    held = (coupon("NEW5", 1), coupon("A5", 4), coupon("A5", 3))

    answer = priced(order(line(1_000)), Holder("BASE", coupons=held), programme=twins)

    assert [use.coupon.int for use in answer.coupons] == [3]


def test_a_chosen_coupon_is_obeyed_against_a_better_one() -> None:
    wanted = order(line(52_000), coupons=(coupon("NEW5").id,))

    answer = priced(wanted, holding("NEW5", "M500-100", "G200"))

    assert answer.due == Money(51_500)
    assert verdict(answer, 2).reason is Unused.NOT_CHOSEN
    assert verdict(answer, 3).reason is Unused.NOT_CHOSEN
    assert answer.runner_up == Alternative("M500-100", Money(10_000))


def test_of_two_chosen_order_coupons_the_first_named_is_used() -> None:
    wanted = order(line(52_000), coupons=(CouponId(UUID(int=2)), CouponId(UUID(int=1))))

    answer = priced(wanted, holding("M500-100", "NEW5"))

    assert verdict(answer, 2).used
    assert verdict(answer, 1).reason is Unused.ONLY_ONE_PER_ORDER


def test_a_chosen_coupon_that_is_impossible_says_why_and_the_order_goes_on() -> None:
    wanted = order(line(100), coupons=(coupon("M300-50").id, CouponId(UUID(int=99))))

    answer = priced(wanted, holding("M300-50"))

    assert answer.due == Money(100)
    assert verdict(answer).gap == Money(29_900)


def test_no_coupons_wanted_means_none_used() -> None:
    answer = priced(order(line(52_000), coupons=()), holding("M500-100"))

    assert answer.coupons == ()
    assert verdict(answer).reason is Unused.NOT_CHOSEN


def test_a_chosen_coupon_takes_the_place_of_the_member_day() -> None:
    wanted = order(line(52_000), coupons=(coupon("NEW5").id,))

    answer = priced(wanted, holding("NEW5", tier="GOLD"), MEMBER_DAY)

    assert not answer.member_day
    assert answer.due == Money(51_500)


def test_a_chosen_member_day_excludes_the_order_coupon() -> None:
    wanted = order(line(52_000), coupons=(coupon("M500-100").id,), member_day=True)

    answer = priced(wanted, holding("M500-100"), MEMBER_DAY)

    assert answer.due == Money(46_800)
    assert verdict(answer).reason is Unused.EXCLUDED_BY_MEMBER_DAY


def test_where_the_programme_allows_both_the_coupon_comes_after_the_member_day() -> None:
    both = programme_with(exclusive_with_member_day=False)

    answer = priced(order(line(52_000)), holding("M300-50"), MEMBER_DAY, both)

    assert answer.due == Money(41_800)
    assert answer.runner_up == Alternative("member_day", Money(5_200))


def test_a_programme_without_order_coupons_uses_none() -> None:
    none = programme_with(max_order_level_per_order=0)

    answer = priced(order(line(52_000)), holding("M500-100"), programme=none)

    assert verdict(answer).reason is Unused.ONLY_ONE_PER_ORDER


def test_equal_savings_keep_the_coupon_for_later() -> None:
    wanted = order(line(5_000))

    answer = priced(wanted, holding("NEW5"), MEMBER_DAY)

    assert answer.member_day
    assert answer.coupons == ()


def test_a_worthless_order_level_gift_is_kept() -> None:
    plain_gift = 'code = "HUG"\ntype = "gift"'
    rules = programme_with(plain_gift, order_level_types=("gift",), stackable_types=("exchange",))

    answer = priced(order(line(5_000)), holding("HUG"), programme=rules)

    assert verdict(answer).reason is Unused.NOT_CHOSEN


def test_a_member_day_without_designated_goods_leaves_the_coupon_alone() -> None:
    answer = priced(order(line(9_000)), replace(BASE, coupons=(coupon("NEW5"),)), MEMBER_DAY)

    assert verdict(answer).used


def test_of_equal_savings_the_one_with_a_gift_is_proposed() -> None:
    rules = programme_with('code = "V20"\ntype = "voucher"\nface_fen = 2000')

    answer = priced(order(line(20_000)), holding("V20", "G200"), MEMBER_DAY, rules)

    assert [use.template for use in answer.coupons] == ["G200", "V20"]


def test_doing_without_is_not_an_alternative() -> None:
    rules = programme_with('code = "X-TEA"\ntype = "exchange"\nexchange_sku = "tea"')

    answer = priced(order(line(500, 2, "tea")), holding("X-TEA"), MEMBER_DAY, rules)

    assert answer.member_day
    assert answer.runner_up is None
