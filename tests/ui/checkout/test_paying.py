"""Taking payments at the panel: once, for what was shown."""

from pos_app.ledger.journal_page import JournalFilter, page
from pos_app.ledger.store.event import Kind
from pos_app.ui.checkout.state import Detail, Field
from pos_app.ui.second_factor.state import Step
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.ui.shell.till import Till, till_of


def sales_in_the_book(shop: Shop) -> int:
    return len(page(shop.ledger, JournalFilter(kinds=(Kind.SALE,))))


def paying_by(till: Till, tender: str, amount: str) -> None:
    till.checkout.choose_tender(tender)
    till.checkout.amount_edited(amount)


def test_an_electronic_payment_is_taken_with_one_press(shop: Shop) -> None:
    till = till_of(shop)
    paying_by(till, "wechat", "107.87")

    till.checkout.enter()

    assert till.panel.finished is not None
    assert till.panel.finished.amount == "¥107.87"
    assert len(till.heard.slips) == 1
    assert till.heard.drawers == 0


def test_cash_is_rounded_down_and_opens_the_drawer(shop: Shop) -> None:
    till = till_of(shop)
    paying_by(till, "cash", "107.87")

    till.checkout.enter()
    asked_for = till.panel.cursor.field
    till.checkout.enter()

    assert asked_for is Field.RECEIVED
    assert till.panel.finished is not None
    assert till.panel.finished.amount == "¥107.80"
    assert till.heard.drawers == 1


def test_a_suggested_note_shows_the_change(shop: Shop) -> None:
    till = till_of(shop)
    paying_by(till, "cash", "83")

    till.checkout.hand_over(1)

    assert till.panel.cash is not None
    assert till.panel.cash.notes == ("¥90", "¥100", "¥200")
    assert till.panel.cash.change == "¥17.00"


def test_too_little_cash_is_not_taken(shop: Shop) -> None:
    till = till_of(shop)
    paying_by(till, "cash", "83")

    till.checkout.received_edited("50")
    till.checkout.pay()

    assert (till.panel.call, till.panel.call_ready) == ("¥33.00 short in cash", False)
    assert sales_in_the_book(shop) == 0


def test_the_change_stays_on_the_panel_after_the_sale(shop: Shop) -> None:
    till = till_of(shop)
    paying_by(till, "cash", "83")
    till.checkout.received_edited("100")

    till.checkout.pay()

    assert till.panel.finished is not None
    facts = {fact.label: fact.value for fact in till.panel.finished.facts}
    assert facts["Change"] == "¥17.00"


def test_the_next_digit_begins_the_next_order(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member, "10")
    till.checkout.choose_tender("wechat")
    till.checkout.pay()

    till.checkout.amount_edited("5")

    assert till.panel.finished is None
    assert till.panel.due == "¥5.00"
    assert till.panel.number == "#0002"
    assert till.counter.member is None


def test_the_next_scan_begins_the_next_order_for_that_member(shop: Shop) -> None:
    till = till_of(shop)
    shop.member("13912345678", name="李小红")
    paying_by(till, "wechat", "10")
    till.checkout.pay()

    till.shell.scanned("13912345678")

    assert till.panel.finished is None
    assert till.panel.who == "李**"


def test_stored_value_is_taken_only_with_the_pin(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(), "60")

    till.checkout.enter()
    before = sales_in_the_book(shop)
    till.prove()

    assert before == 0
    assert sales_in_the_book(shop) == 1
    assert till.panel.finished is not None


def test_giving_up_the_proof_leaves_the_order_as_it_was(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(), "60")
    till.checkout.pay()

    till.shell.second_factor.cancel()

    assert till.panel.call == "Take payment ¥60.00"
    assert till.panel.call_ready


def test_another_tender_is_chosen_where_the_pin_cannot_be_given(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(), "60")
    till.checkout.pay()

    till.shell.second_factor.pay_otherwise()

    assert till.panel.tender == "wechat"


def test_stored_value_that_does_not_cover_offers_two_ways_out(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(10_000), "200")

    notice = till.panel.notice

    assert notice is not None
    assert notice.text == "Balance ¥115.00, ¥85.00 is missing."
    assert [action.name for action in notice.actions] == ["top_up", "split"]
    assert not till.panel.call_ready


def test_topping_up_the_difference_leads_to_the_top_up_page(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular(10_000)
    till.serve(member, "200")

    till.checkout.act("top_up")

    assert till.heard.pages[-1] == ("top_up", member)
    assert till.heard.top_ups[0][1].minor == 8_500


def test_a_second_tender_takes_the_rest(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(10_000), "200")

    till.checkout.act("split")
    till.checkout.pay()
    till.prove()

    assert till.panel.finished is not None
    facts = {fact.label: fact.value for fact in till.panel.finished.facts}
    assert facts["WeChat"] == "¥85.00"
    assert facts["Balance now"] == "¥0.00"


def test_the_sum_of_the_first_tender_can_be_typed(shop: Shop) -> None:
    till = till_of(shop)
    paying_by(till, "card", "100")

    till.checkout.split()
    till.checkout.share_edited("40")

    assert till.panel.detail is Detail.SPLIT
    assert till.panel.split is not None
    assert (till.panel.split.typed, till.panel.split.rest_amount) == ("40", "¥60.00")


def test_ending_the_split_goes_back_to_one_tender(shop: Shop) -> None:
    till = till_of(shop)
    paying_by(till, "card", "100")
    till.checkout.split()

    till.checkout.choose_tender("alipay")
    rest = till.panel.rest
    till.shell.escape()

    assert rest == "alipay"
    assert (till.panel.tender, till.panel.rest) == ("card", "")


def test_a_walk_in_cannot_pay_by_stored_value(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("10")

    till.checkout.choose_tender("stored_value")

    assert till.toasts[-1] == "Stored value needs a member."
    assert till.panel.tender == "wechat"


def test_enter_without_an_amount_goes_to_the_amount(shop: Shop) -> None:
    till = till_of(shop)
    turn = till.panel.cursor.turn

    till.checkout.enter()

    assert till.panel.cursor.turn == turn + 1


def test_the_slip_is_printed_again_on_request(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.reprint()
    paying_by(till, "wechat", "10")
    till.checkout.pay()

    till.shell.reprint()
    till.checkout.printed("Slip printed")

    assert len(till.heard.slips) == 2
    assert till.panel.finished is not None
    assert till.panel.finished.printing == "Slip printed"


def test_a_reached_tier_is_named_after_the_payment(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member(), "6000")

    till.checkout.pay()

    assert till.panel.finished is not None
    assert "银卡会员" in till.panel.finished.upgrade


def test_a_payment_is_not_locked_away_while_it_is_under_way(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(), "60")
    till.checkout.pay()

    till.shell.lock()

    assert till.shell.second_factor.shown.state.step is Step.PIN
    assert till.heard.locks == 0


def test_a_clock_set_back_refuses_stored_value_and_says_what_still_works(
    shop: Shop, clock: FakeClock
) -> None:
    till = till_of(shop)
    till.serve(till.regular(), "60")
    clock.go(hours=-2)

    till.shell.check_clock()
    till.checkout.pay()
    till.prove()

    assert till.shell.shown.state.banner is not None
    assert till.panel.notice is not None
    assert "cash and other tenders still work" in till.panel.notice.text
