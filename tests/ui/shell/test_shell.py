"""Pages, keys and the status of the till."""

from pos_app.money import Money
from pos_app.ui.shell.keys_map import acts_of
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.ui.shell.till import till_of


def test_the_window_names_operator_store_and_next_order(shop: Shop) -> None:
    till = till_of(shop)

    assert till.shell.shown.state.who == "林晓雯 · 0001"
    assert till.shell.shown.state.where == "徐家汇店 · 3 号机"
    assert till.panel.number == "#0001"


def test_the_till_says_that_it_stands_alone(shop: Shop) -> None:
    till = till_of(shop)

    texts = [entry.text for entry in till.shell.shown.state.status]

    assert texts[:2] == ["Local ledger", "Stand-alone"]


def test_a_device_in_trouble_is_shown_in_the_status_bar(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.set_device("printer", "Out of paper", "danger")

    printer = till.shell.shown.state.status[2]
    assert (printer.text, printer.tone) == ("Out of paper", "danger")


def test_a_clock_set_back_is_announced_until_it_is_right(shop: Shop, clock: FakeClock) -> None:
    till = till_of(shop)
    clock.go(hours=-1)
    till.shell.check_clock()
    banner, entry = till.shell.shown.state.banner, till.shell.shown.state.status[0]
    clock.go(hours=1)

    till.shell.check_clock()

    assert banner is not None
    assert "Cash" in banner.text
    assert entry.tone == "danger"
    assert till.shell.shown.state.banner is None


def test_pages_are_entered_for_the_member_at_the_counter(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member)

    till.shell.top_up()
    till.shell.refund()
    till.shell.details()

    assert till.heard.pages == [("top_up", member), ("refund", member), ("member", member)]


def test_a_top_up_needs_a_member(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.top_up()
    till.shell.use_points()

    assert till.heard.pages == []
    assert till.toasts[-1] == "Find the member first (F1), or scan the code."


def test_a_frozen_member_cannot_be_topped_up(shop: Shop) -> None:
    till = till_of(shop)
    member = shop.member()
    till.freeze(member)
    till.serve(member)

    till.shell.top_up()

    assert till.toasts[-1] == "Not while frozen"


def test_points_need_an_amount(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member())

    till.shell.use_points()

    assert till.toasts[-1] == "Enter the amount first."


def test_a_page_that_does_not_exist_changes_nothing(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.go("reports")

    assert till.shell.shown.state.page == "counter"


def test_escape_comes_back_from_a_page(shop: Shop) -> None:
    till = till_of(shop)
    till.shell.go("refund")

    till.shell.escape()

    assert till.shell.shown.state.page == "counter"


def test_a_member_can_be_served_from_elsewhere(shop: Shop) -> None:
    till = till_of(shop)
    member = shop.member()
    till.shell.go("refund")

    till.shell.serve(member)

    assert till.shell.shown.state.page == "counter"
    assert till.panel.who == "王**"


def test_what_was_typed_goes_into_the_registration(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.register("138 1234 0217")

    assert till.heard.registrations == ["13812340217"]


def test_the_terminal_locks_on_request(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("12")

    till.shell.lock()

    assert till.heard.locks == 1
    assert till.panel.due == "¥12.00"


def test_an_operator_signs_out_between_two_orders(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("12")
    till.shell.sign_out()
    during = till.heard.sign_outs
    till.checkout.hold()

    till.shell.sign_out()

    assert till.heard.notices[0].text == "Finish this order first, or hold it (F8)."
    assert (during, till.heard.sign_outs) == (0, 1)


def test_an_offer_is_a_toast_with_a_step(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.offer("5 wait", "Sign out", till.heard.sign_out)
    told = till.heard.notices[-1]
    assert told.acted is not None
    told.acted()

    assert (told.text, told.action, till.heard.sign_outs) == ("5 wait", "Sign out", 1)


def test_printing_again_without_a_sale_on_the_panel_prints_the_last_slip(shop: Shop) -> None:
    till = till_of(shop)

    till.shell.reprint()

    assert till.heard.reprints == 1


def test_every_key_of_the_map_does_something(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(), "50")

    for act in acts_of(till.shell, lambda: None, lambda: None).values():
        act()

    assert till.heard.drawers == 1


def test_a_shortage_without_a_member_tops_nobody_up(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("50")

    till.checkout.act("top_up")

    assert till.heard.top_ups == []
    assert till.panel.due == "¥50.00"
    assert Money(5_000)
