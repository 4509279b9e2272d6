"""Finding a member: by typing, by scanning, without late answers in the way."""

from tests.shop import Shop
from tests.ui.shell.till import SlowLane, till_of


def test_four_digits_of_a_phone_list_everybody_they_may_mean(shop: Shop) -> None:
    till = till_of(shop)
    shop.member("13812340217", name="王晓明")
    shop.member("15912340217", name="陈一")

    till.counter.typed("0217")

    names = {hit.name for hit in till.page.lookup.hits}
    assert names == {"王**", "陈*"}


def test_two_letters_of_the_pinyin_find_a_name(shop: Shop) -> None:
    till = till_of(shop)
    shop.member(name="王晓明")

    till.counter.typed("wx")

    assert [hit.name for hit in till.page.lookup.hits] == ["王**"]


def test_a_single_letter_searches_nothing(shop: Shop) -> None:
    till = till_of(shop)
    shop.member(name="王晓明")

    till.counter.typed("w")

    assert not till.page.lookup.open


def test_a_whole_phone_number_opens_its_member_at_once(shop: Shop) -> None:
    till = till_of(shop)
    shop.member("13812340217")

    till.counter.typed("13812340217")

    assert till.page.loaded is not None
    assert till.page.loaded.card.phone == "138 **** 0217"
    assert till.page.lookup.text == ""


def test_a_number_that_nobody_has_offers_to_register_it(shop: Shop) -> None:
    till = till_of(shop)

    till.counter.typed("13812340217")

    assert till.page.lookup.message == "No member has 138 **** 0217. F3 registers this number."
    assert till.page.lookup.offers_new
    assert till.heard.sounds == ["not_found"]


def test_a_name_that_nobody_has_is_said_under_the_look_up(shop: Shop) -> None:
    till = till_of(shop)

    till.counter.typed("zzzz")

    assert "zzzz" in till.page.lookup.message


def test_arrows_and_enter_choose_from_the_list(shop: Shop) -> None:
    till = till_of(shop)
    shop.member("13812340217", name="王晓明")
    shop.member("15912340217", name="陈一")
    till.counter.typed("0217")
    second = till.page.lookup.hits[1].name

    till.counter.move(1)
    till.counter.enter()

    assert till.page.loaded is not None
    assert till.page.loaded.card.name == second


def test_the_mark_goes_round_the_list(shop: Shop) -> None:
    till = till_of(shop)
    shop.member("13812340217", name="王晓明")
    shop.member("15912340217", name="陈一")
    till.counter.typed("0217")

    till.counter.move(-1)

    assert till.page.lookup.marked == 1


def test_arrows_without_a_list_do_nothing(shop: Shop) -> None:
    till = till_of(shop)

    till.counter.move(1)
    till.counter.enter()

    assert till.page.lookup.marked == 0


def test_a_scanned_member_number_opens_its_member(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member())
    assert till.counter.member is not None
    number = till.counter.member.number
    till.counter.leave()

    till.counter.scanned(number)

    assert till.counter.member is not None


def test_enter_looks_for_a_short_text_exactly(shop: Shop) -> None:
    till = till_of(shop)
    till.counter.typed("8")

    till.counter.enter()

    assert "8" in till.page.lookup.message


def test_a_late_answer_for_one_member_never_covers_another(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    first, second = shop.member("13812340217"), shop.member("13912345678", name="李小红")
    till.counter.open(first)
    till.counter.open(second)

    lane.finish(1)
    lane.finish(0)

    assert till.counter.member is not None
    assert till.counter.member.id == second


def test_a_late_list_never_covers_a_newer_text(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    shop.member("13812340217")
    till.counter.typed("0217")
    till.counter.typed("9999")

    lane.finish(1)
    lane.finish(0)

    assert till.page.lookup.hits == ()


def test_a_late_exact_answer_is_dropped_once_something_else_is_typed(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    shop.member("13812340217")
    till.counter.scanned("13812340217")
    till.counter.typed("x")

    lane.finish_all()

    assert till.counter.member is None


def test_escape_closes_the_list_first(shop: Shop) -> None:
    till = till_of(shop)
    shop.member()
    till.counter.typed("0217")

    till.shell.escape()

    assert not till.page.lookup.open


def test_a_frozen_member_is_marked_in_the_list(shop: Shop) -> None:
    till = till_of(shop)
    till.freeze(shop.member())

    till.counter.typed("0217")

    assert till.page.lookup.hits[0].warning == "Frozen"


def test_home_shows_who_was_here_and_how_the_day_goes(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member(), "88")
    till.checkout.choose_tender("cash")
    till.checkout.pay()
    till.checkout.next_order()

    home = till.page.home

    assert [hit.name for hit in home.lately] == ["王**"]
    assert (home.today[0].value, home.today[0].note) == ("1", "¥88.00")
    assert home.today[3].note == "¥88.00"
    assert not home.first_day


def test_the_first_day_begins_empty(shop: Shop) -> None:
    till = till_of(shop)

    assert till.page.home.first_day


def test_home_shows_what_waits(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("35")

    till.checkout.hold()

    assert [order.amount for order in till.page.home.waiting] == ["¥35.00"]


def test_nobody_can_be_dropped_or_brought_back_before_anybody_came(shop: Shop) -> None:
    till = till_of(shop)

    till.counter.drop()
    till.counter.undo_drop()

    assert till.counter.member is None
    assert till.toasts == []


def test_a_revealed_number_never_shows_on_the_next_member(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    till.counter.open(shop.member("13812340217"))
    lane.finish_all()
    till.counter.reveal()
    till.counter.open(shop.member("13912345678", name="李小红"))

    lane.finish(1)
    lane.finish_all()

    assert till.page.loaded is not None
    assert till.page.loaded.card.phone == "139 **** 5678"
