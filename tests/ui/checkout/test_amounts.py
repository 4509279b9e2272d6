"""What the panel makes of amounts, prices and late answers."""

from pos_app.ui.checkout.state import Detail
from tests.shop import Shop
from tests.ui.shell.till import SlowLane, till_of


def test_a_walk_in_pays_what_was_typed(shop: Shop) -> None:
    till = till_of(shop)

    till.checkout.amount_edited("328")

    assert till.panel.due == "¥328.00"
    assert till.panel.call == "Take payment ¥328.00"
    assert till.panel.call_ready


def test_without_an_amount_the_button_says_what_it_waits_for(shop: Shop) -> None:
    till = till_of(shop)

    assert (till.panel.call, till.panel.call_ready) == ("Enter an amount", False)


def test_sums_are_added_up_with_plus(shop: Shop) -> None:
    till = till_of(shop)

    till.checkout.amount_edited("35")
    till.checkout.accumulate()
    till.checkout.amount_edited("48")

    assert till.panel.due == "¥83.00"
    assert till.panel.tally == "35.00 +"


def test_a_sum_beyond_the_limit_is_refused_in_words(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("999999.99")
    till.checkout.accumulate()

    till.checkout.amount_edited("1")

    assert till.panel.notice is not None
    assert "¥999,999.99" in till.panel.notice.text
    assert till.panel.due == "¥999,999.99"


def test_a_pasted_word_is_refused_and_the_order_stays(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("12")

    till.checkout.amount_pasted("twelve")

    assert till.panel.notice is not None
    assert "twelve" in till.panel.notice.text
    assert till.panel.due == "¥12.00"


def test_a_refused_key_is_explained_until_the_next_change(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("1.5")

    till.checkout.amount_refused(".")
    explained = till.panel.detail
    till.checkout.amount_edited("1.55")

    assert explained is Detail.NOTICE
    assert till.panel.notice is None


def test_a_pasted_sum_replaces_the_amount(shop: Shop) -> None:
    till = till_of(shop)

    till.checkout.amount_pasted("¥1,268.50")

    assert till.panel.due == "¥1,268.50"


def test_a_late_price_never_paints_over_a_newer_order(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    till.checkout.amount_edited("10")
    till.checkout.amount_edited("20")

    lane.finish(1)
    lane.finish(0)

    assert till.panel.due == "¥20.00"


def test_nothing_can_be_paid_while_the_price_is_being_made(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()

    till.checkout.amount_edited("10")
    till.checkout.pay()

    assert (till.panel.call, till.panel.call_ready) == ("Calculating…", False)
    assert lane.waiting == 1


def test_clear_takes_the_amount_and_keeps_the_member(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member(), "88")

    till.checkout.clear()

    assert till.panel.amount == ""
    assert till.panel.who == "王**"


def test_escape_clears_the_amount_before_it_drops_the_member(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member(), "88")

    till.shell.escape()
    amount, member = till.panel.amount, till.counter.member
    till.shell.escape()

    assert amount == ""
    assert member is not None
    assert till.counter.member is None


def test_a_dropped_member_comes_back_by_undo(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member())
    till.shell.escape()

    undo = till.heard.notices[-1].acted
    assert undo is not None
    undo()

    assert till.panel.who == "王**"
