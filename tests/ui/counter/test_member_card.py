"""The member at the counter, in words."""

from dataclasses import replace
from datetime import date, timedelta

from pos_app.ledger import members
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.rules.holder import Birthday
from pos_app.money import Points
from pos_app.ui.counter.card import card_of
from pos_app.ui.counter.reading import MemberRead, moment_of
from tests.fakes import FakeClock
from tests.shop import Shop, intent
from tests.ui.shell.till import till_of


def test_the_card_splits_the_balance(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular())

    assert till.page.loaded is not None
    card = till.page.loaded.card
    assert card.balance.value == "¥1,200.00"
    assert card.balance.note == "1,000.00 paid · 200.00 bonus"


def test_a_birthday_soon_is_a_chip(shop: Shop, clock: FakeClock) -> None:
    till = till_of(shop)
    born = Birthday(6, 18, 1990)
    new = NewMember(phone="13812340217", consents=Consents("1"), birthday=born, note="no sugar")
    card = members.register(shop.ledger, new, operator=shop.manager, intent=intent())

    till.counter.open(card.id)

    assert till.page.loaded is not None
    chips = [chip.text for chip in till.page.loaded.card.chips]
    assert chips == ["Birthday in 3 days", "No payment PIN", "no sugar"]
    assert clock().date() == date(2026, 6, 15)


def test_the_birthday_itself_is_named(shop: Shop, clock: FakeClock) -> None:
    till = till_of(shop)
    new = NewMember(phone="13812340217", consents=Consents("1"), birthday=Birthday(6, 18, 1990))
    card = members.register(shop.ledger, new, operator=shop.manager, intent=intent())
    clock.go(days=3)

    till.counter.open(card.id)

    assert till.page.loaded is not None
    assert till.page.loaded.card.chips[0].text == "Birthday today"


def test_the_way_to_the_next_tier_is_shown(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member())

    assert till.page.loaded is not None
    assert till.page.loaded.card.progress == "¥5,000 to 银卡会员"


def test_a_frozen_member_shows_what_is_forbidden(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.freeze(member)

    till.serve(member, "50")

    assert till.page.loaded is not None
    assert till.page.loaded.card.warning.startswith("Frozen")
    assert till.page.loaded.top_up_reason == "Not while frozen"
    reasons = {choice.name: choice.reason for choice in till.panel.tenders}
    assert "frozen" in reasons["stored_value"]
    assert till.panel.tender == "wechat"


def test_a_blacklisted_member_may_spend_stored_value_only(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.blacklist(member)

    till.serve(member, "50")
    till.shell.use_points()

    assert till.page.loaded is not None
    assert till.page.loaded.card.warning.startswith("Blacklisted")
    assert till.panel.tender == "stored_value"
    assert till.toasts[-1] == "Not while blacklisted"


def test_what_happened_lately_is_listed_with_its_points(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member, "88")
    till.checkout.choose_tender("wechat")
    till.checkout.pay()

    assert till.page.loaded is not None
    first, second = till.page.loaded.recent
    assert (first.title, first.amount) == ("Sale", "−\u2009¥88.00")
    assert first.badge.endswith("pts")
    assert (second.title, second.amount) == ("Top-up", "+\u2009¥1,000.00")


def test_goods_give_the_line_its_name(shop: Shop) -> None:
    till = till_of(shop)
    member = shop.member()
    till.sell_goods(member, ("燕麦拿铁", 3_200, 2), ("可颂", 1_800, 1))

    till.counter.open(member)

    assert till.page.loaded is not None
    assert till.page.loaded.recent[0].title == "燕麦拿铁 and 2 more"


def test_a_single_article_is_named_alone(shop: Shop) -> None:
    till = till_of(shop)
    member = shop.member()
    till.sell_goods(member, ("燕麦拿铁", 3_200, 1))

    till.counter.open(member)

    assert till.page.loaded is not None
    assert till.page.loaded.recent[0].title == "燕麦拿铁"


def test_the_balance_on_the_card_is_the_one_after_the_sale(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(till.regular(), "200")
    till.checkout.pay()

    till.prove()

    assert till.page.loaded is not None
    assert till.page.loaded.card.balance.value == "¥1,000.00"
    assert till.panel.finished is not None


def test_a_refreshed_member_keeps_the_order(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member, "200")
    shop.top_up(member, 50_000)

    till.shell.refresh()

    assert till.panel.due == "¥200.00"
    assert till.page.loaded is not None
    assert till.page.loaded.card.balance.value == "¥1,760.00"


def test_the_phone_number_is_revealed_to_a_manager_for_a_moment(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member("13812340217"))

    till.counter.reveal()
    assert till.page.loaded is not None
    shown = till.page.loaded.card
    till.counter.conceal()

    assert (shown.phone, shown.revealed) == ("138 1234 0217", True)
    assert till.page.loaded.card.phone == "138 **** 0217"


def test_nobody_is_revealed_without_a_member(shop: Shop) -> None:
    till = till_of(shop)

    till.counter.reveal()
    till.counter.conceal()

    assert till.page.loaded is None


def test_a_coupon_that_runs_out_today_is_counted_on_the_card(shop: Shop, clock: FakeClock) -> None:
    till = till_of(shop)
    member = shop.member()
    till.give_coupon(member, "NEW5")
    till.counter.open(member)
    assert till.counter.member is not None
    last = till.counter.member.coupons[0].valid_until
    clock.at += timedelta(days=(last - clock().date()).days)

    till.counter.open(member)

    assert till.page.loaded is not None
    assert till.page.loaded.card.coupons.note == "1 expires today"
    assert till.page.loaded.tickets[0].expiry == "Expires today 23:59"


def test_a_coupon_key_without_a_coupon_does_nothing(shop: Shop) -> None:
    till = till_of(shop)
    till.serve(shop.member(), "50")

    till.counter.toggle_coupon_at(9)

    assert till.panel.deductions == ()


def test_the_highest_tier_has_nothing_above_it(shop: Shop) -> None:
    till = till_of(shop)
    member = shop.member()
    till.sell_goods(member, ("金条", 5_000_000, 1))

    till.counter.open(member)

    assert till.page.loaded is not None
    assert till.page.loaded.card.progress == "Highest tier"


def test_points_owed_from_a_refund_are_shown(shop: Shop) -> None:
    till = till_of(shop)
    member = shop.member()
    till.counter.open(member)
    assert till.counter.member is not None
    wallet = replace(till.counter.member.wallet, debt=Points(180))
    owing = replace(till.counter.member, wallet=wallet)

    card = card_of(MemberRead(owing, moment_of(shop.ledger)))

    assert card.points.note == "180 owed from a refund"


def test_a_member_from_last_year_is_dated_with_the_year(shop: Shop, clock: FakeClock) -> None:
    till = till_of(shop)
    till.sell_goods(shop.member(), ("可颂", 2_600, 1))
    clock.go(days=300)

    till.counter.typed("0217")

    assert till.page.lookup.hits[0].visit == "last 2026-06-15"
