"""Top-ups: money in, rights at once, and never more than the law allows."""

from dataclasses import replace

import pytest

from pos_app.ids import MemberId, OperatorId, new_id
from pos_app.ledger import statements
from pos_app.ledger.counter import open_member
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.topup import Campaign, TopUpRefused, TopUpRule
from pos_app.ledger.slip_state import pending_slips
from pos_app.ledger.store.member_rows import MemberUnknown
from pos_app.ledger.topups import TenderNotTaken, TopUp, offer, top_up
from pos_app.money import Money
from tests.fakes import FakeClock
from tests.ledger.till_hand import STORED, WECHAT, Consent, amount, approval, head, sell
from tests.people import cashier
from tests.shop import DOCUMENT, Shop, intent


def wish(shop: Shop, member: MemberId, fen: int) -> TopUp:
    return TopUp(member, Money(fen), WECHAT, shop.manager, intent(), document=DOCUMENT)


def test_what_was_topped_up_can_be_spent_here_at_once(shop: Shop) -> None:
    member = shop.member()

    receipt = top_up(shop.ledger, wish(shop, member, 50_000))

    assert (receipt.amount, receipt.bonus) == (Money(50_000), Money(8_500))
    assert receipt.campaign == Campaign.FIRST_TOP_UP
    assert sell(shop, amount(58_500, STORED), member).payable == Money(58_500)


def test_only_the_first_top_up_is_the_first(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)

    receipt = top_up(shop.ledger, wish(shop, member, 50_000))

    assert (receipt.bonus, receipt.campaign) == (Money(6_000), "")
    assert receipt.after.principal == Money(100_000)
    assert receipt.after.bonus == Money(14_500)


def test_the_offer_is_what_the_top_up_then_gives(shop: Shop) -> None:
    member = shop.member()
    offered = offer(shop.ledger, member, Money(168_000))

    receipt = top_up(shop.ledger, wish(shop, member, 168_000))

    assert receipt.bonus == offered.bonus
    assert open_member(shop.ledger, member).balance == offered.total_after


def test_a_second_press_takes_the_money_once(shop: Shop) -> None:
    member = shop.member()
    once = wish(shop, member, 50_000)
    first = top_up(shop.ledger, once)
    before = head(shop)

    again = top_up(shop.ledger, once)

    assert again == first
    assert head(shop) == before


def test_the_wallet_never_holds_more_than_the_law_allows(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 400_000)
    before = head(shop)

    with pytest.raises(TopUpRefused) as refused:
        top_up(shop.ledger, wish(shop, member, 50_000))

    assert refused.value.rule is TopUpRule.NAMED_LIMIT
    assert refused.value.limit == Money(500_000)
    most = refused.value.most
    assert head(shop) == before
    top_up(shop.ledger, wish(shop, member, most.minor))
    assert open_member(shop.ledger, member).balance <= Money(500_000)


def test_the_least_sum_is_a_hundred_yuan(shop: Shop) -> None:
    with pytest.raises(TopUpRefused) as refused:
        top_up(shop.ledger, wish(shop, shop.member(), 9_999))

    assert refused.value.rule is TopUpRule.BELOW_MINIMUM


def test_stored_value_buys_no_stored_value(shop: Shop) -> None:
    member = shop.member()
    before = head(shop)

    with pytest.raises(TenderNotTaken):
        top_up(shop.ledger, replace(wish(shop, member, 50_000), tender=Tender.STORED_VALUE))

    assert head(shop) == before


def test_nobody_tops_up_a_stranger(shop: Shop) -> None:
    with pytest.raises(MemberUnknown):
        top_up(shop.ledger, wish(shop, MemberId(new_id()), 50_000))


def test_a_cashier_takes_a_large_sum_only_with_a_manager(shop: Shop) -> None:
    member, at_the_till = shop.member(), cashier(shop)
    large = replace(wish(shop, member, 100_001), operator=at_the_till)
    before = head(shop)

    with pytest.raises(NeedsApproval):
        top_up(shop.ledger, large)

    assert head(shop) == before
    consent = Consent(Act.TOP_UP, large.amount, large.intent, at_the_till, OperatorId(new_id()))
    receipt = top_up(shop.ledger, replace(large, approval=approval(shop, consent)))
    assert receipt.amount == Money(100_001)


def test_every_top_up_is_its_own_lot(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    clock.go(minutes=1)
    shop.top_up(member, 20_000)
    sell(shop, amount(60_000, STORED), member)

    first, second = statements.lots(shop.ledger, member)

    assert (first.paid, first.principal_left, first.bonus_left) == (Money(50_000), Money(), Money())
    assert second.principal_left + second.bonus_left == Money(20_500)


def test_a_slip_is_expected(shop: Shop) -> None:
    receipt = top_up(shop.ledger, wish(shop, shop.member(), 50_000))

    assert pending_slips(shop.ledger) == (receipt.stamp.seq,)
