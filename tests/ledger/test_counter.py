"""The member at the counter: what the cashier sees is what the book says."""

from dataclasses import replace
from datetime import date

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.member_edit import MemberChanges, edit
from pos_app.ledger.recent import recent_lines
from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.member_rows import MemberUnknown
from pos_app.money import Growth, Money, Points
from tests.fakes import FakeClock
from tests.ledger.book_rows import thief
from tests.ledger.till_hand import CASH, STORED, WECHAT, amount, by, give_back, goods, sell
from tests.shop import MEMBER_PIN, Shop, intent


def test_a_new_member_has_nothing_yet(shop: Shop) -> None:
    seen = open_member(shop.ledger, shop.member())

    assert (seen.balance, seen.points, seen.debt) == (Money(), Points(), Points())
    assert (seen.visits, seen.last_visit, seen.recent) == (0, None, ())
    assert (seen.tier, seen.tier_name) == ("BASE", "普通会员")
    assert (seen.masked_name, seen.masked_phone) == ("王**", "138****0217")
    assert seen.next_tier is not None
    assert seen.next_tier.spend_missing == Money(500_000)
    assert (seen.has_pin, seen.average_ticket) == (False, Money())


def test_a_pin_is_known_to_be_there(shop: Shop) -> None:
    assert open_member(shop.ledger, shop.member(pin=MEMBER_PIN)).has_pin


def test_after_a_visit_the_counter_knows_it(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    sell(shop, goods(10_000, tenders=by((STORED, 5_000), WECHAT)), member)
    clock.go(days=20)
    sell(shop, amount(20_000, CASH), member)

    seen = open_member(shop.ledger, member)

    assert seen.balance == Money(53_500)
    assert (seen.visits, seen.last_visit) == (2, date(2026, 7, 5))
    assert seen.points == Points(185 + 200)
    assert seen.next_expiry == PointsBatch(date(2028, 6, 30), Points(185))
    assert (seen.spend, seen.growth) == (Money(29_273), Growth(18 + 40))
    assert [month.spend for month in seen.months[-2:]] == [Money(10_000), Money(20_000)]
    assert seen.average_ticket == Money(15_000)


def test_months_without_a_visit_are_shown_empty(shop: Shop) -> None:
    member = shop.member()
    sell(shop, amount(1_000), member)

    months = open_member(shop.ledger, member).months

    assert [month.month for month in months] == [date(2026, month, 1) for month in range(1, 7)]
    assert [month.orders for month in months] == [0, 0, 0, 0, 0, 1]


def test_the_last_lines_are_the_latest_money(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    sale = sell(shop, goods((1_000, 2), tenders=by(STORED)), member)
    give_back(shop, sale, frozenset({0}))

    back, sold, topped = recent_lines(shop.ledger, member)

    assert (topped.kind, topped.amount, topped.tender) == (Kind.TOPUP, Money(50_000), "wechat")
    assert (sold.amount, sold.title, sold.units) == (Money(-2_000), "Goods 0", 2)
    assert (sold.tender, sold.points) == ("stored_value", sale.earned)
    assert (back.kind, back.amount) == (Kind.REFUND, Money(1_000))
    assert not any(line.synced for line in (back, sold, topped))


def test_a_line_that_hq_has_is_marked(shop: Shop) -> None:
    member = shop.member()
    first = sell(shop, amount(1_000), member)
    sell(shop, amount(1_000), member)
    with thief(shop.ledger.path) as book:
        book.execute("UPDATE node_state SET acked_seq = ?", (first.stamp.seq,))

    assert [line.synced for line in recent_lines(shop.ledger, member)] == [False, True]


def test_a_birthday_within_a_week_is_announced(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    born = MemberChanges(birthday=Birthday(6, 23, 1990))
    edit(shop.ledger, member, born, operator=shop.manager, intent=intent())

    early = open_member(shop.ledger, member).birthday_in_days
    clock.go(days=1)
    noticed = open_member(shop.ledger, member).birthday_in_days
    clock.go(days=7)
    on_the_day = open_member(shop.ledger, member).birthday_in_days
    clock.go(days=1)
    gone = open_member(shop.ledger, member).birthday_in_days

    assert (early, noticed, on_the_day, gone) == (None, 7, 0, None)


def test_the_member_day_shows_what_the_tier_pays(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    sell(shop, amount(500_000), member)
    before = open_member(shop.ledger, member).member_day_pct

    clock.go(days=13)

    assert before is None
    assert open_member(shop.ledger, member).member_day_pct == 90


def test_points_expire_at_the_end_of_their_month(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    sell(shop, amount(10_000), member)
    clock.go(days=746)
    last_day = open_member(shop.ledger, member)

    clock.go(days=1)

    gone = open_member(shop.ledger, member)
    assert (last_day.points, gone.points) == (Points(200), Points())
    assert gone.next_expiry is None


def test_nobody_opens_a_stranger(shop: Shop) -> None:
    stranger = MemberId(new_id())

    with pytest.raises(MemberUnknown):
        open_member(shop.ledger, stranger)
    with pytest.raises(MemberUnknown):
        price(shop.ledger, amount(1_000), stranger)


def test_the_price_is_the_price_that_is_paid(shop: Shop) -> None:
    member = shop.member()
    sell(shop, amount(50_000), member)
    order = replace(goods(9_999, (1_234, 2), tenders=by(CASH)), points=Points(300))
    shown = price(shop.ledger, order, member)

    receipt = sell(shop, order, member)

    assert (receipt.payable, receipt.rounding) == (shown.payable, shown.rounding)
    assert (receipt.points, receipt.earned) == (shown.points, shown.earns)
