"""Coupons and points chosen at the counter."""

from pos_app.ids import MemberId
from pos_app.money import Points
from tests.shop import Shop
from tests.ui.shell.till import Till, till_of


def with_coupons(till: Till, *templates: str) -> MemberId:
    member = till.regular()
    for template in templates:
        till.give_coupon(member, template)
    return member


def test_the_best_mix_is_chosen_and_named(shop: Shop) -> None:
    till = till_of(shop)
    member = with_coupons(till, "M300-50", "NEW5")

    till.serve(member, "328")

    assert till.page.loaded is not None
    assert till.page.loaded.mix.text == "Best mix chosen, saves ¥50.00"
    assert "¥5.00" in till.page.loaded.mix.beside
    assert till.panel.due == "¥278.00"


def test_a_coupon_says_how_much_is_missing(shop: Shop) -> None:
    till = till_of(shop)
    member = with_coupons(till, "M300-50")

    till.serve(member, "288")

    assert till.page.loaded is not None
    assert till.page.loaded.tickets[0].reason == "¥12.00 to go"
    assert not till.page.loaded.tickets[0].chosen


def test_a_coupon_that_cannot_be_used_tells_why_when_its_key_is_pressed(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(with_coupons(till, "M300-50"), "288")

    till.counter.toggle_coupon_at(1)

    assert till.toasts[-1] == "¥12.00 to go"


def test_another_coupon_takes_the_place_of_the_one_in_use_and_says_so(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(with_coupons(till, "M300-50", "NEW5"), "328")
    assert till.page.loaded is not None
    unused = next(ticket for ticket in till.page.loaded.tickets if not ticket.chosen)

    till.counter.toggle_coupon(unused.key)

    assert till.panel.due == "¥323.00"
    assert "¥50 off ¥300" in till.toasts[-1]
    assert till.page.loaded.mix.by_hand


def test_a_coupon_in_use_can_be_left_out(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(with_coupons(till, "M300-50"), "328")

    till.counter.toggle_coupon_at(1)

    assert till.panel.due == "¥328.00"


def test_the_best_mix_comes_back_on_request(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(with_coupons(till, "M300-50"), "328")
    till.counter.toggle_coupon_at(1)

    till.checkout.use_best()

    assert till.panel.due == "¥278.00"


def test_a_gift_is_taken_beside_the_order_coupon(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(with_coupons(till, "M300-50", "G200"), "328")

    names = [line.tag for line in till.panel.deductions]

    assert sorted(names) == ["Gift worth ¥50", "¥50 off ¥300"]


def test_a_gift_can_be_left_and_taken_again(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(with_coupons(till, "G200"), "328")

    till.counter.toggle_coupon_at(1)
    left = len(till.panel.deductions)
    till.counter.toggle_coupon_at(1)

    assert left == 0
    assert len(till.panel.deductions) == 1


def test_without_an_amount_no_coupon_is_taken(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(with_coupons(till, "NEW5"))

    till.counter.toggle_coupon_at(1)

    assert till.toasts[-1] == "Enter the amount first."


def test_points_are_used_as_many_as_the_rules_allow(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member, "2000")
    till.checkout.choose_tender("wechat")
    till.checkout.pay()
    till.serve(member, "50")

    till.shell.use_points()
    till.shell.points.use_most()
    till.shell.points.confirm()

    assert till.panel.deductions[-1].amount == "−\u2009¥15.00"
    assert not till.shell.points.shown.state.open


def test_points_step_between_the_least_and_the_most(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member, "2000")
    till.checkout.choose_tender("wechat")
    till.checkout.pay()
    till.serve(member, "50")
    till.shell.use_points()

    till.shell.points.raise_()
    first = till.shell.points.shown.state.wanted
    till.shell.points.raise_()
    till.shell.points.lower()

    assert first == "100"
    assert till.shell.points.shown.state.wanted == "100"


def test_points_that_break_a_rule_are_explained(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member, "2000")
    till.checkout.choose_tender("wechat")
    till.checkout.pay()
    till.serve(member, "50")
    till.shell.use_points()

    problems = []
    for text in ("150", "50", "9000"):
        till.shell.points.typed(text)
        problems.append(till.shell.points.shown.state.problem)

    assert problems == [
        "In steps of 100 points.",
        "At least 100 points.",
        "This order takes up to 1,500 points.",
    ]
    assert not till.shell.points.shown.state.ready


def test_points_that_no_longer_fit_are_taken_off_with_a_word(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member, "2000")
    till.checkout.choose_tender("wechat")
    till.checkout.pay()
    till.serve(member, "50")
    till.checkout.use_points(Points(1_500))

    till.checkout.amount_edited("20")

    assert till.panel.due == "¥20.00"
    assert "Points taken off" in till.toasts[-1]
