"""Evidence that is missing, forged, stale or for something else proves nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pos_app.ids import IntentId, MemberId, OperatorId, new_id
from pos_app.money import Money
from pos_app.security.evidence import (
    Approval,
    Evidence,
    NotProved,
    ensure_approval,
    ensure_evidence,
    sealed,
    sealed_approval,
)

KEY = b"k" * 32
NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
LIFETIME = timedelta(seconds=120)
WANTED = Evidence("pin", MemberId(new_id()), Money(8800), IntentId(new_id()), NOON)
GIVEN = sealed(KEY, WANTED)
ASKED = Approval(
    OperatorId(new_id()), OperatorId(new_id()), "refund", Money(8800), IntentId(new_id()), NOON
)
CONSENT = sealed_approval(KEY, ASKED)


def why_not(given: Evidence | None, wanted: Evidence = WANTED) -> str:
    with pytest.raises(NotProved) as refused:
        ensure_evidence(KEY, given, wanted, lifetime=LIFETIME)
    return refused.value.reason


def why_no_consent(given: Approval | None, wanted: Approval = ASKED) -> str:
    with pytest.raises(NotProved) as refused:
        ensure_approval(KEY, given, wanted, lifetime=LIFETIME)
    return refused.value.reason


def test_sealed_evidence_holds_for_its_lifetime() -> None:
    at_the_end = replace(WANTED, at=NOON + LIFETIME)

    assert ensure_evidence(KEY, GIVEN, WANTED, lifetime=LIFETIME) is GIVEN
    assert ensure_evidence(KEY, GIVEN, at_the_end, lifetime=LIFETIME) is GIVEN


def test_evidence_that_does_not_hold_says_why() -> None:
    tick = timedelta(milliseconds=1)

    assert why_not(None) == "missing"
    assert why_not(WANTED) == "forged"
    assert why_not(sealed(b"x" * 32, WANTED)) == "forged"
    assert why_not(replace(GIVEN, factor="face")) == "forged"
    assert why_not(GIVEN, replace(WANTED, amount=Money(8801))) == "other_payment"
    assert why_not(GIVEN, replace(WANTED, member=MemberId(new_id()))) == "other_payment"
    assert why_not(GIVEN, replace(WANTED, intent=IntentId(new_id()))) == "other_payment"
    assert why_not(GIVEN, replace(WANTED, at=NOON + LIFETIME + tick)) == "stale"
    assert why_not(GIVEN, replace(WANTED, at=NOON - tick)) == "stale"


def test_a_sealed_approval_holds() -> None:
    assert ensure_approval(KEY, CONSENT, ASKED, lifetime=LIFETIME) is CONSENT


def test_an_approval_that_does_not_hold_says_why() -> None:
    own = sealed_approval(KEY, replace(ASKED, approver=ASKED.asked_by))

    assert why_no_consent(None) == "missing_approval"
    assert why_no_consent(ASKED) == "forged"
    assert why_no_consent(replace(CONSENT, amount=Money(9900))) == "forged"
    assert why_no_consent(CONSENT, replace(ASKED, act="void")) == "other_act"
    assert why_no_consent(CONSENT, replace(ASKED, asked_by=OperatorId(new_id()))) == "other_act"
    assert why_no_consent(own) == "own_approval"
    assert why_no_consent(CONSENT, replace(ASKED, at=NOON + timedelta(seconds=121))) == "stale"


def test_evidence_is_no_approval_however_it_is_sealed() -> None:
    assert GIVEN.seal != CONSENT.seal
