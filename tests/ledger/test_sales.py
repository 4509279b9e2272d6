"""Payments at the counter: taken once, proved every time, and never half."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.ids import MemberId, OperatorId, new_id
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.ledger import ClockSetBack
from pos_app.ledger.member_edit import StatusChange, set_status
from pos_app.ledger.rights import OperatorUnknown, StatusForbids
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.points_use import PointsRefused, PointsRule
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.ledger.sales import CashShort, Payment, QuoteChanged, pay
from pos_app.ledger.slip_state import pending_slips
from pos_app.money import Money, Points
from tests.fakes import FakeClock
from tests.ledger.till_hand import (
    CASH,
    STORED,
    WECHAT,
    Consent,
    amount,
    approval,
    goods,
    head,
    ready,
    sell,
)
from tests.shop import Shop, intent, open_ledger


def test_a_second_press_pays_nothing_and_shows_the_first_slip(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    shown, payment = ready(shop, amount(12_000, STORED), member)
    first = pay(shop.ledger, shown, payment)
    before = head(shop)

    again = pay(shop.ledger, shown, payment)

    assert again == first
    assert head(shop) == before


def test_after_a_restart_the_same_payment_is_found_not_repeated(
    shop: Shop, tmp_path: Path, clock: FakeClock
) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    shown, payment = ready(shop, amount(12_000, STORED), member)
    first = pay(shop.ledger, shown, payment)
    before = head(shop)
    shop.ledger.close()

    shop.ledger = open_ledger(tmp_path, clock)
    again = pay(shop.ledger, shown, payment)

    assert again == first
    assert head(shop) == before


def test_what_was_shown_must_still_be_true_when_the_balance_has_gone(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)
    shown, payment = ready(shop, amount(8_000, STORED, WECHAT), member)
    sell(shop, amount(5_000, STORED), member)
    before = head(shop)

    with pytest.raises(QuoteChanged) as changed:
        pay(shop.ledger, shown, payment)

    assert changed.value.shown == shown
    assert changed.value.fresh.stored_value == Money(6_500)
    assert head(shop) == before


def test_what_was_shown_must_still_be_true_when_the_coupon_was_used(shop: Shop) -> None:
    member = shop.member()
    issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=intent())
    shown, payment = ready(shop, amount(3_000), member)
    assert shown.coupon_discount == Money(500)
    sell(shop, amount(3_000), member)

    with pytest.raises(QuoteChanged) as changed:
        pay(shop.ledger, shown, payment)

    assert changed.value.fresh.due == Money(3_000)


def test_a_coupon_pays_once_and_is_gone(shop: Shop) -> None:
    member = shop.member()
    coupon = issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=intent())

    receipt = sell(shop, amount(3_000), member)

    assert [used.saves for used in receipt.coupons] == [Money(500)]
    assert open_member(shop.ledger, member).coupons == ()
    with pytest.raises(QuoteChanged):
        pay(
            shop.ledger,
            replace(price(shop.ledger, amount(3_000), member), due=Money(2_500)),
            Payment(shop.manager, intent(), member),
        )
    assert coupon is not None


def test_more_stored_value_than_there_is_is_not_quoted(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)

    with pytest.raises(NotCovered) as short:
        price(shop.ledger, amount(20_000, (STORED, 20_000)), member)

    assert short.value.usable_here == Money(11_500)


def test_a_sale_that_no_tender_covers_is_not_taken(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)
    shown, payment = ready(shop, amount(20_000, STORED), member)
    before = head(shop)

    with pytest.raises(NotCovered) as short:
        pay(shop.ledger, shown, payment)

    assert (short.value.wanted, short.value.usable_here) == (Money(20_000), Money(11_500))
    assert head(shop) == before


def test_less_cash_than_the_cash_part_is_not_taken(shop: Shop) -> None:
    shown, payment = ready(shop, amount(1_287, CASH))
    before = head(shop)

    with pytest.raises(CashShort) as short:
        pay(shop.ledger, shown, replace(payment, cash_received=Money(1_279)))

    assert (short.value.wanted, short.value.given) == (Money(1_280), Money(1_279))
    assert head(shop) == before


def test_the_slip_tells_the_change(shop: Shop) -> None:
    shown, payment = ready(shop, amount(1_287, CASH))

    receipt = pay(shop.ledger, shown, replace(payment, cash_received=Money(2_000)))

    assert (receipt.rounding, receipt.change) == (Money(7), Money(720))


def _put(shop: Shop, member: MemberId, status: Status) -> None:
    wish = intent()
    consent = Consent(Act.BLACKLIST, Money(), wish, shop.manager, approver=OperatorId(new_id()))
    change = StatusChange(member, status, "reported by phone", wish)
    set_status(shop.ledger, change, operator=shop.manager, approval=approval(shop, consent))


def test_a_frozen_members_money_stays(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    shown, payment = ready(shop, amount(1_000, STORED), member)
    _put(shop, member, Status.FROZEN)
    before = head(shop)

    with pytest.raises(QuoteChanged) as changed:
        pay(shop.ledger, shown, payment)

    assert changed.value.fresh.missing == Money(1_000)
    assert head(shop) == before
    with pytest.raises(NotCovered):
        sell(shop, amount(1_000, STORED), member)


def test_a_frozen_member_buys_like_anybody_else(shop: Shop) -> None:
    member = shop.member()
    issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=intent())
    _put(shop, member, Status.FROZEN)

    receipt = sell(shop, amount(10_000, CASH), member)

    assert (receipt.payable, receipt.earned, receipt.coupons) == (Money(10_000), Points(), ())


def test_a_blacklisted_member_spends_what_was_paid_in_and_gets_no_favour(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    _put(shop, member, Status.BLACKLISTED)

    receipt = sell(shop, amount(10_000, STORED), member)

    assert (receipt.principal + receipt.bonus, receipt.earned) == (Money(10_000), Points())
    with pytest.raises(StatusForbids):
        shop.top_up(member, 10_000)


def test_a_clock_set_back_stops_rights_and_lets_cash_pass(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    stored, payment = ready(shop, amount(1_000, STORED), member)
    clock.go(seconds=-121)
    before = head(shop)

    with pytest.raises(ClockSetBack) as behind:
        pay(shop.ledger, stored, payment)

    assert behind.value.behind == timedelta(seconds=121)
    assert head(shop) == before
    assert sell(shop, amount(1_000, CASH)).payable == Money(1_000)
    assert sell(shop, amount(1_000, CASH), member).payable == Money(1_000)


def test_a_clock_set_back_stops_points_and_coupons_too(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    sell(shop, amount(50_000), member)
    issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=intent())
    clock.go(seconds=-121)

    with pytest.raises(ClockSetBack):
        sell(shop, replace(amount(3_000), points=Points(100), coupons=()), member)
    with pytest.raises(ClockSetBack):
        sell(shop, amount(3_000), member)
    assert sell(shop, replace(amount(3_000), coupons=()), member).payable == Money(3_000)


def test_two_minutes_behind_are_forgiven(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    clock.go(seconds=-120)

    assert sell(shop, amount(1_000, STORED), member).payable == Money(1_000)


def test_the_time_of_events_never_goes_back(shop: Shop, clock: FakeClock) -> None:
    latest = shop.ledger.now()
    clock.go(hours=-30)

    receipt = sell(shop, amount(1_000, CASH))

    assert receipt.stamp.at == latest
    assert receipt.stamp.business_date == shop.ledger.today()


def test_points_asked_for_beyond_the_share_are_refused(shop: Shop) -> None:
    member = shop.member()
    sell(shop, amount(50_000), member)

    with pytest.raises(PointsRefused) as refused:
        price(shop.ledger, replace(amount(1_000), points=Points(400)), member)

    assert refused.value.rule is PointsRule.SHARE


def test_who_does_not_work_here_sells_nothing(shop: Shop) -> None:
    shown, payment = ready(shop, amount(1_000))
    before = head(shop)

    with pytest.raises(OperatorUnknown):
        pay(shop.ledger, shown, replace(payment, operator=OperatorId(new_id())))

    assert head(shop) == before


def test_a_walk_in_earns_nothing_and_gets_a_slip(shop: Shop) -> None:
    receipt = sell(shop, goods(1_990, (1_200, 2)))

    assert (receipt.earned, receipt.after) == (Points(), None)
    assert [line.amount for line in receipt.lines] == [Money(1_990), Money(2_400)]
    assert receipt.stamp.slip == f"S20260615-{receipt.stamp.seq:06d}"
    assert pending_slips(shop.ledger) == (receipt.stamp.seq,)


def test_a_first_order_earns_double(shop: Shop) -> None:
    member = shop.member()

    first, second = (sell(shop, amount(10_000), member) for _ in range(2))

    assert (first.earned, second.earned) == (Points(200), Points(100))
