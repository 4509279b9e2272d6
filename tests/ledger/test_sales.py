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
from pos_app.ledger.rights import NeedsApproval, OperatorUnknown, StatusForbids
from pos_app.ledger.rules.access import Act, DailyLimitReached, StepUp
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.points_use import PointsRefused, PointsRule
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.ledger.sales import CashShort, Payment, QuoteChanged, pay, proof_needed
from pos_app.ledger.slip_state import pending_slips
from pos_app.money import Money, Points
from pos_app.security.evidence import Evidence, NotProved, sealed
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
    proof,
    ready,
    sell,
)
from tests.shop import MEMBER_PIN, Shop, intent, open_ledger

OTHER_PHONE = "13912340217"


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


def test_the_right_pin_pays(shop: Shop) -> None:
    member = shop.member(pin=MEMBER_PIN)
    shop.top_up(member, 50_000)
    wish = intent()
    shown = price(shop.ledger, amount(12_000, STORED), member)
    evidence = shop.evidence(member, Money(12_000), wish)

    receipt = pay(shop.ledger, shown, Payment(shop.manager, wish, member, evidence))

    assert receipt.principal + receipt.bonus == Money(12_000)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("missing", "missing"),
        ("another member's", "other_payment"),
        ("another amount", "other_payment"),
        ("another intent", "other_payment"),
        ("stale", "stale"),
        ("from the future", "stale"),
        ("forged", "forged"),
        ("unsealed", "forged"),
    ],
)
def test_without_the_right_evidence_nothing_is_paid(
    shop: Shop, clock: FakeClock, fault: str, reason: str
) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    shown, payment = ready(shop, amount(12_000, STORED), member)
    evidence = _spoiled(shop, payment, fault)
    clock.go(seconds=181 if fault == "stale" else 0)
    before, balance = head(shop), open_member(shop.ledger, member).balance

    with pytest.raises(NotProved) as refused:
        pay(shop.ledger, shown, replace(payment, evidence=evidence))

    assert refused.value.reason == reason
    assert head(shop) == before
    assert open_member(shop.ledger, member).balance == balance


def _spoiled(shop: Shop, payment: Payment, fault: str) -> Evidence | None:
    right, member = payment.evidence, payment.member
    assert right is not None
    assert member is not None
    spoiled = {
        "missing": None,
        "another member's": proof(shop, shop.member(OTHER_PHONE), 12_000, payment.intent),
        "another amount": proof(shop, member, 11_999, payment.intent),
        "another intent": proof(shop, member, 12_000, intent()),
        "stale": right,
        "from the future": None,
        "forged": replace(right, seal=bytes(32)),
        "unsealed": replace(right, seal=b""),
    }
    if fault == "from the future":
        ahead = replace(right, at=right.at + timedelta(seconds=1))
        return sealed(shop.ledger.capability_key, ahead)
    return spoiled[fault]


def test_evidence_of_three_minutes_ago_is_still_good(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    shown, payment = ready(shop, amount(12_000, STORED), member)
    clock.go(seconds=180)

    receipt = pay(shop.ledger, shown, payment)

    assert receipt.payable == Money(12_000)


def test_evidence_does_not_outlive_a_restart(shop: Shop, tmp_path: Path, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    shown, payment = ready(shop, amount(12_000, STORED), member)
    shop.ledger.close()

    shop.ledger = open_ledger(tmp_path, clock)

    with pytest.raises(NotProved) as refused:
        pay(shop.ledger, shown, payment)
    assert refused.value.reason == "forged"


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


def test_a_very_large_payment_needs_another_manager(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 300_000)
    shown, payment = ready(shop, amount(200_000, STORED), member)
    before = head(shop)

    needed = proof_needed(shop.ledger, shown, member)
    with pytest.raises(NeedsApproval) as wanted:
        pay(shop.ledger, shown, payment)

    assert needed.approval
    assert needed.reason is StepUp.VERY_LARGE_AMOUNT
    assert (wanted.value.act, wanted.value.amount) == (Act.PAY_STORED_VALUE, Money(200_000))
    assert head(shop) == before


def test_with_the_consent_of_another_manager_it_is_paid_and_journalled(shop: Shop) -> None:
    member, other = shop.member(), OperatorId(new_id())
    shop.top_up(member, 300_000)
    shown, payment = ready(shop, amount(200_000, STORED), member)
    consent = Consent(
        Act.PAY_STORED_VALUE, Money(200_000), payment.intent, shop.manager, approver=other
    )

    receipt = pay(shop.ledger, shown, replace(payment, approval=approval(shop, consent)))

    kept = shop.ledger.read().execute(
        "SELECT CAST(payload AS TEXT) ->> '$.body.approval.by' FROM journal WHERE seq = ?",
        (receipt.stamp.seq,),
    )
    assert kept.fetchone() == (other.hex,)


@pytest.mark.parametrize("fault", ["own", "other amount", "other intent", "stale", "other act"])
def test_a_consent_to_something_else_is_none(shop: Shop, clock: FakeClock, fault: str) -> None:
    member = shop.member()
    shop.top_up(member, 300_000)
    shown, payment = ready(shop, amount(200_000, STORED), member)
    right = Consent(
        Act.PAY_STORED_VALUE,
        Money(200_000),
        payment.intent,
        shop.manager,
        approver=OperatorId(new_id()),
    )
    spoiled = {
        "own": replace(right, approver=shop.manager),
        "other amount": replace(right, amount=Money(199_999)),
        "other intent": replace(right, wish=intent()),
        "other act": replace(right, act=Act.REFUND),
    }
    given = approval(shop, spoiled.get(fault, right))
    clock.go(seconds=121 if fault == "stale" else 0)
    before = head(shop)

    with pytest.raises(NotProved):
        pay(shop.ledger, shown, replace(payment, approval=given))

    assert head(shop) == before


def test_the_fourth_payment_within_ten_minutes_steps_up(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    for _ in range(3):
        sell(shop, amount(100, STORED), member)

    with pytest.raises(NeedsApproval):
        sell(shop, amount(100, STORED), member)

    clock.go(minutes=11)
    assert sell(shop, amount(100, STORED), member).payable == Money(100)


def test_more_than_the_day_allows_one_factor_steps_up(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 300_000)
    sell(shop, amount(60_000, STORED), member)
    shown = price(shop.ledger, amount(40_001, STORED), member)

    needed = proof_needed(shop.ledger, shown, member)

    assert needed.approval
    assert needed.reason is StepUp.DAILY_AMOUNT
    clock.go(days=1)
    assert not proof_needed(shop.ledger, shown, member).approval


def test_the_eleventh_payment_of_a_day_steps_up(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    for _ in range(10):
        sell(shop, amount(100, STORED), member)
        clock.go(minutes=11)
    shown = price(shop.ledger, amount(100, STORED), member)

    needed = proof_needed(shop.ledger, shown, member)

    assert needed.approval
    assert needed.reason is StepUp.DAILY_COUNT


def test_nobody_lifts_the_ceiling_of_a_day(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 400_000)
    shown, payment = ready(shop, amount(400_000, STORED), member)
    consent = Consent(
        Act.PAY_STORED_VALUE,
        Money(400_000),
        payment.intent,
        shop.manager,
        approver=OperatorId(new_id()),
    )
    pay(shop.ledger, shown, replace(payment, approval=approval(shop, consent)))
    shop.top_up(member, 200_000)

    with pytest.raises(DailyLimitReached) as reached:
        sell(shop, amount(150_000, STORED), member)

    assert reached.value.spent_today == Money(400_000)


def _put(shop: Shop, member: MemberId, status: Status) -> None:
    wish = intent()
    consent = Consent(Act.UNFREEZE, Money(), wish, shop.manager, approver=OperatorId(new_id()))
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
