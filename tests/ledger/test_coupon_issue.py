"""Coupons issued at the counter: in the member's hand at once, and only once."""

from datetime import date

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger.counter import open_member
from pos_app.ledger.coupon_issue import TemplateUnknown, issue
from pos_app.ledger.store.member_rows import MemberUnknown
from pos_app.money import Money
from tests.fakes import FakeClock
from tests.ledger.till_hand import amount, goods, head, sell
from tests.shop import Shop, intent


def test_a_coupon_is_usable_from_today_for_its_days(shop: Shop) -> None:
    member = shop.member()

    coupon = issue(shop.ledger, member, "M300-50", operator=shop.manager, intent=intent())

    (card,) = open_member(shop.ledger, member).coupons
    assert (card.id, card.template, card.face) == (coupon, "M300-50", Money(5_000))
    assert (card.valid_from, card.valid_until) == (date(2026, 6, 15), date(2026, 7, 14))


def test_its_last_day_is_a_day_of_use_and_the_next_is_not(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    for _ in range(2):
        issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=intent())

    clock.go(days=29, hours=15)
    last = sell(shop, amount(3_000), member)
    clock.go(hours=1)
    too_late = sell(shop, amount(3_000), member)

    assert last.stamp.business_date == date(2026, 7, 14)
    assert last.payable == Money(2_500)
    assert too_late.payable == Money(3_000)


def test_a_second_press_issues_no_second_coupon(shop: Shop) -> None:
    member, wish = shop.member(), intent()
    first = issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=wish)
    before = head(shop)

    again = issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=wish)

    assert again == first
    assert head(shop) == before
    assert len(open_member(shop.ledger, member).coupons) == 1


def test_a_coupon_that_the_programme_does_not_know_is_not_issued(shop: Shop) -> None:
    member = shop.member()
    before = head(shop)

    with pytest.raises(TemplateUnknown):
        issue(shop.ledger, member, "FREE-CAR", operator=shop.manager, intent=intent())

    assert head(shop) == before


def test_a_stranger_gets_no_coupon(shop: Shop) -> None:
    before = head(shop)

    with pytest.raises(MemberUnknown):
        issue(shop.ledger, MemberId(new_id()), "NEW5", operator=None, intent=intent())

    assert head(shop) == before


def test_of_two_coupons_the_better_one_is_used_and_the_other_kept(shop: Shop) -> None:
    member = shop.member()
    for template in ("NEW5", "M300-50"):
        issue(shop.ledger, member, template, operator=shop.manager, intent=intent())

    receipt = sell(shop, goods(30_000), member)

    assert receipt.payable == Money(25_000)
    assert [card.template for card in open_member(shop.ledger, member).coupons] == ["NEW5"]
