"""The member card with rights here and at HQ: one number online, two while HQ is out of reach."""

from dataclasses import replace

from pos_app.ids import MemberId
from pos_app.ledger.counter import MemberAtCounter, open_member
from pos_app.money import Points
from pos_app.ui.counter.card import card_of
from pos_app.ui.counter.reading import read_member
from pos_app.ui.counter.state import Card
from tests.fakes import FakeClock
from tests.shop import MEMBER_PIN, Shop
from tests.ui.checkout.far_hq import belongs_to_hq, coupon, hq_tells, points, value
from tests.ui.shell.till import Till, till_of


def known_at_hq(shop: Shop, *, online: bool = False) -> tuple[Till, MemberId]:
    """Return a till, and a member with rights here and at HQ."""
    belongs_to_hq(shop)
    till, member = till_of(shop), shop.member(pin=MEMBER_PIN)
    shop.top_up(member, 30_000)
    hq_tells(shop, member, *value(80_000, 12_350), points(8_420), coupon())
    shop.ledger.online = online
    return till, member


def card(till: Till) -> Card:
    loaded = till.page.loaded
    assert loaded is not None
    return loaded.card


def test_online_the_card_shows_one_number_and_no_age(shop: Shop) -> None:
    till, member = known_at_hq(shop, online=True)

    till.counter.open(member)

    shown = card(till)
    assert (shown.balance.label, shown.balance.value) == ("Stored value", "¥1,268.50")
    assert not shown.balance.warns
    assert (shown.points.value, shown.coupons.value) == ("8,420", "1")


def test_offline_it_shows_what_is_usable_here_and_what_there_is_in_all(
    shop: Shop, clock: FakeClock
) -> None:
    till, member = known_at_hq(shop)
    clock.go(minutes=7)

    till.counter.open(member)

    shown = card(till)
    assert (shown.balance.label, shown.balance.value) == ("Usable here", "¥345.00")
    assert (shown.balance.note, shown.balance.warns) == ("¥1,268.50 in all (12:00)", True)
    assert (shown.points.label, shown.points.value) == ("Points here", "0")
    assert shown.points.note == "8,420 pts in all"
    assert (shown.coupons.value, shown.coupons.note) == ("0", "1 more at HQ")


def test_data_of_another_day_names_the_day(shop: Shop, clock: FakeClock) -> None:
    till, member = known_at_hq(shop)
    clock.go(days=1)

    till.counter.open(member)

    assert card(till).balance.note == "¥1,268.50 in all (06-15 12:00)"


def test_a_member_hq_never_spoke_of_looks_as_at_a_terminal_without_one(shop: Shop) -> None:
    belongs_to_hq(shop)
    till, member = till_of(shop), shop.member(pin=MEMBER_PIN)
    shop.top_up(member, 30_000)

    till.counter.open(member)

    assert card(till).balance.label == "Stored value"
    assert card(till).balance.note == "300.00 paid · 45.00 bonus"


def test_a_coupon_at_hq_is_shown_last_and_says_why_it_cannot_be_used(shop: Shop) -> None:
    till, member = known_at_hq(shop)
    till.give_coupon(member, "NEW5")
    till.serve(member, "328")

    loaded = till.page.loaded

    assert loaded is not None
    here, away = loaded.tickets
    assert (here.hotkey, here.reason) == ("Alt+1", "")
    assert (away.hotkey, away.reason) == ("", "At HQ, online only")


def test_points_owed_are_said_before_everything_else(shop: Shop) -> None:
    _till, member = known_at_hq(shop)
    read = read_member(shop.ledger, member)
    owing = replace(read.member.wallet, debt=Points(50))

    shown = card_of(replace(read, member=replace(read.member, wallet=owing)))

    assert shown.points.note == "50 owed from a refund"


def test_without_a_pin_here_only_an_offline_till_says_so(shop: Shop) -> None:
    belongs_to_hq(shop)
    till, member = till_of(shop), shop.member()
    hq_tells(shop, member, *value(80_000))

    till.counter.open(member)
    offline = [chip.text for chip in card(till).chips]
    shop.ledger.online = True
    till.counter.open(member)

    assert offline == ["No PIN at this till"]
    assert card(till).chips == ()


def test_news_from_hq_repaints_the_card_and_is_told_once(shop: Shop) -> None:
    till, member = known_at_hq(shop)
    till.counter.open(member)
    told: list[MemberAtCounter] = []

    shop.ledger.online = True
    till.counter.look_again(told.append)
    till.counter.look_again(told.append)

    assert card(till).balance.value == "¥1,268.50"
    assert told == [open_member(shop.ledger, member)]


def test_news_with_nobody_at_the_counter_is_no_news(shop: Shop) -> None:
    till = till_of(shop)
    told: list[MemberAtCounter] = []

    till.counter.look_again(told.append)

    assert told == []
