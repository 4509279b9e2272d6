"""The panel in the moments between: locked, empty, member day, nothing due."""

import pytest

from pos_app.ledger.rules.quote import Quote
from pos_app.money import Money
from pos_app.ui.checkout.charge import NotTaken, Unknown
from pos_app.ui.checkout.deductions import deductions
from pos_app.ui.checkout.outcomes import notice_of
from pos_app.ui.checkout.state import Detail
from pos_app.ui.checkout.tendering import likely_notes
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.ui.shell.till import FailingDisk, SlowLane, Till, till_of


def locked(shop: Shop) -> Till:
    """Return a till whose payment has an unknown outcome."""
    disk = FailingDisk()
    till = till_of(shop, disk)
    till.serve(till.regular(), "10")
    till.checkout.choose_tender("wechat")
    disk.fails_before = 3
    till.checkout.pay()
    till.checkout.pay()
    return till


def test_a_locked_order_ignores_every_other_wish(shop: Shop) -> None:
    till = locked(shop)
    before = till.panel

    till.counter.open(shop.member("13912345678"))
    till.checkout.choose_tender("cash")
    till.checkout.received_edited("5")
    till.checkout.hold()
    till.checkout.fetch("")
    till.checkout.split()

    assert till.panel.locked
    assert till.panel.tender == before.tender
    assert till.panel.call == "Check again"


def test_escape_does_not_leave_a_locked_order(shop: Shop) -> None:
    till = locked(shop)

    assert till.checkout.escape()
    assert till.counter.member is not None


def test_the_checks_of_an_unknown_outcome_are_counted() -> None:
    notice = notice_of(Unknown(2), None)

    assert notice is not None
    assert "after 2 checks" in notice.text
    assert notice.actions[0].name == "check_again"
    assert notice_of(NotTaken(), None) is not None


def test_escape_closes_a_notice_first(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("1.5")
    till.checkout.amount_refused(".")

    till.shell.escape()

    assert till.panel.notice is None
    assert till.panel.amount == "1.5"


def test_escape_forgets_the_cash_before_the_amount(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.choose_tender("cash")
    till.checkout.amount_edited("83")
    till.checkout.received_edited("100")

    till.shell.escape()

    assert till.panel.cash is not None
    assert till.panel.cash.received == ""
    assert till.panel.amount == "83"


def test_escape_after_a_sale_begins_the_next_order(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("83")
    till.checkout.pay()

    till.shell.escape()

    assert till.panel.finished is None


def test_enter_after_a_sale_begins_the_next_order(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("83")
    till.checkout.enter()

    till.checkout.enter()

    assert till.panel.finished is None
    assert till.panel.number == "#0002"


def test_a_split_needs_an_order(shop: Shop) -> None:
    till = till_of(shop)

    till.checkout.split()
    till.checkout.hand_over(0)

    assert till.panel.detail is Detail.DEDUCTIONS


def test_a_share_that_the_wallet_does_not_hold_is_refused_in_words(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(10_000), "200")
    till.checkout.act("split")

    till.checkout.share_edited("150")

    assert till.panel.notice is not None
    assert "¥35.00 is missing" in till.panel.notice.text
    assert till.panel.split is not None
    assert till.panel.split.rest_amount == "¥0.00"
    assert not till.panel.call_ready


def test_a_late_refusal_never_paints_over_a_newer_order(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    till.serve(till.regular(10_000))
    lane.finish_all()
    till.checkout.amount_edited("200")
    lane.finish_all()
    till.checkout.split()
    till.checkout.share_edited("150")
    till.checkout.share_edited("20")

    lane.finish(1)
    lane.finish(1)
    lane.finish(0)

    assert till.panel.notice is None


def test_member_day_is_named_and_a_coupon_takes_its_place(shop: Shop, clock: FakeClock) -> None:
    clock.go(days=13)
    till = till_of(shop)
    member = shop.member()
    till.serve(member, "6000")
    till.checkout.pay()
    till.give_coupon(member, "NEW5")
    till.serve(member, "100")
    first = till.panel.deductions

    till.counter.toggle_coupon_at(1)

    assert [(line.name, line.tag) for line in first] == [("Member day", "10% off")]
    assert "Member day" in till.toasts[-1]
    assert till.panel.due == "¥95.00"
    assert till.page.loaded is not None
    assert till.page.loaded.mix.beside == "Next best: Member day, saves ¥10.00"
    assert till.page.loaded.card.chips[0].text == "Member day 10% off"


def test_an_order_that_costs_nothing_can_be_finished(shop: Shop) -> None:
    till = till_of(shop)
    member = shop.member()
    till.give_coupon(member, "NEW5")
    till.serve(member, "5")

    call = till.panel.call
    till.checkout.pay()

    assert call == "Finish, nothing to pay"
    assert till.panel.finished is not None


def test_a_coupon_outside_a_quote_is_named_by_its_template(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.give_coupon(member, "M300-50")
    till.serve(member, "328")
    quote = till.checkout.quote

    till.counter.leave()

    assert isinstance(quote, Quote)
    assert till.checkout.quote is not None
    assert till.checkout.quote.coupons == ()


@pytest.mark.parametrize("wish", ["lower", "raise_", "use_most", "confirm"])
def test_the_points_sheet_does_nothing_before_it_is_open(shop: Shop, wish: str) -> None:
    till = till_of(shop)

    getattr(till.shell.points, wish)()

    assert not till.shell.points.shown.state.open


def test_the_points_sheet_says_why_it_has_no_rules(shop: Shop) -> None:
    disk = FailingDisk()
    till = till_of(shop, disk)
    till.serve(till.regular(), "50")
    disk.fails_before = 1

    till.shell.use_points()
    till.shell.points.use_none()

    assert "disk" in till.shell.points.shown.state.problem


def test_a_lost_answer_of_the_ledger_is_said_in_a_toast(shop: Shop) -> None:
    disk = FailingDisk()
    till = till_of(shop, disk)
    disk.fails_before = 2

    till.shell.check_clock()
    till.counter.refresh_home()

    assert all("disk" in text for text in till.toasts)
    assert till.heard.sounds[-1] == "attention"


def test_a_gift_that_cannot_be_named_is_called_by_its_template(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.give_coupon(member, "M300-50")
    till.serve(member, "328")
    quote = till.checkout.quote
    assert quote is not None

    lines = deductions(quote, None)

    assert lines[0].tag == "M300-50"


def test_no_notes_are_suggested_for_nothing() -> None:
    assert likely_notes(Money()) == ()


def test_a_gift_is_left_out_while_another_is_taken(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    for template in ("G200", "M300-50", "NEW5"):
        till.give_coupon(member, template)
    till.serve(member, "328")
    assert till.page.loaded is not None
    unused = next(one for one in till.page.loaded.tickets if not one.chosen)

    till.counter.toggle_coupon(unused.key)

    assert [line.tag for line in till.panel.deductions] == ["Gift worth ¥50", "Cash coupon"]


def test_what_no_notice_offers_does_nothing(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("10")
    before = till.panel

    till.checkout.act("something_else")
    till.checkout.amount_refused("\u200b")

    assert till.panel.due == before.due


def test_more_figures_than_anybody_has_points_are_not_taken(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(), "50")
    till.shell.use_points()

    till.shell.points.typed("99999999")

    assert till.shell.points.shown.state.wanted == ""


def test_a_member_day_is_left_for_a_coupon_and_comes_back_with_the_best_mix(
    shop: Shop, clock: FakeClock
) -> None:
    clock.go(days=13)
    till = till_of(shop)
    member = shop.member()
    till.serve(member, "6000")
    till.checkout.pay()
    till.give_coupon(member, "NEW5")
    till.serve(member, "100")
    till.counter.toggle_coupon_at(1)

    till.counter.toggle_coupon_at(1)
    nothing = till.panel.due
    till.checkout.use_best()

    assert nothing == "¥100.00"
    assert till.panel.due == "¥90.00"
