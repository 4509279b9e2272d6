"""What a stored-value payment must prove: the member, and where limits step up, a manager."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.ids import OperatorId, new_id
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.access import Act, DailyLimitReached, StepUp
from pos_app.ledger.sales import Payment, pay, proof_needed
from pos_app.money import Money
from pos_app.security.evidence import Evidence, NotProved, sealed
from tests.fakes import FakeClock
from tests.ledger.till_hand import (
    STORED,
    Consent,
    amount,
    approval,
    head,
    proof,
    ready,
    sell,
)
from tests.shop import MEMBER_PIN, Shop, intent, open_ledger

OTHER_PHONE = "13912340217"


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
        "SELECT CAST(payload AS TEXT) ->> '$.body.approval.by',"
        " CAST(payload AS TEXT) ->> '$.body.step_up' FROM journal WHERE seq = ?",
        (receipt.stamp.seq,),
    )
    assert kept.fetchone() == (other.hex, "very_large_amount")


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
