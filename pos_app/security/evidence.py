"""Proof that a person agreed, bound to one member, one amount and one intent."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.money import Money


@dataclass(eq=False)
class NotProved(PosError):
    """No valid evidence stands behind this act.

    Missing, forged, stale, or given for something else.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A member's factor was checked for this payment.

    Only the process that checked it can seal it.
    """

    factor: str
    member: MemberId
    amount: Money
    intent: IntentId
    at: datetime
    seal: bytes = b""


@dataclass(frozen=True, slots=True)
class Approval:
    """A second operator agreed to exactly this act of another operator."""

    approver: OperatorId
    asked_by: OperatorId
    act: str
    amount: Money
    intent: IntentId
    at: datetime
    seal: bytes = b""


def sealed(key: bytes, fact: Evidence) -> Evidence:
    """Return the evidence with its seal (HMAC-SHA256 under the process's own key)."""
    return replace(fact, seal=_seal(key, _evidence_parts(fact)))


def sealed_approval(key: bytes, fact: Approval) -> Approval:
    """Return the approval with its seal."""
    return replace(fact, seal=_seal(key, _approval_parts(fact)))


def ensure_evidence(
    key: bytes, given: Evidence | None, wanted: Evidence, *, lifetime: timedelta
) -> Evidence:
    """Return the evidence given if it was sealed for this member.

    Amount and intent not long before `wanted.at`.

    Raises NotProved. Single use follows from the intent, which the book takes once.
    """
    if given is None:
        raise NotProved("missing")
    if not hmac.compare_digest(given.seal, _seal(key, _evidence_parts(given))):
        raise NotProved("forged")
    if (given.member, given.amount, given.intent) != (wanted.member, wanted.amount, wanted.intent):
        raise NotProved("other_payment")
    _ensure_fresh(given.at, wanted.at, lifetime)
    return given


def ensure_approval(
    key: bytes, given: Approval | None, wanted: Approval, *, lifetime: timedelta
) -> Approval:
    """Return the approval given if another operator sealed it for exactly this act.

    Raises NotProved.
    """
    if given is None:
        raise NotProved("missing_approval")
    if not hmac.compare_digest(given.seal, _seal(key, _approval_parts(given))):
        raise NotProved("forged")
    bound = (given.asked_by, given.act, given.amount, given.intent)
    if bound != (wanted.asked_by, wanted.act, wanted.amount, wanted.intent):
        raise NotProved("other_act")
    if given.approver == wanted.asked_by:
        raise NotProved("own_approval")
    _ensure_fresh(given.at, wanted.at, lifetime)
    return given


def _ensure_fresh(at: datetime, now: datetime, lifetime: timedelta) -> None:
    if not timedelta(0) <= now - at <= lifetime:
        raise NotProved("stale")


def _evidence_parts(fact: Evidence) -> tuple[str, ...]:
    when = fact.at.isoformat()
    return ("evidence", fact.factor, fact.member.hex, str(fact.amount.minor), fact.intent.hex, when)


def _approval_parts(fact: Approval) -> tuple[str, ...]:
    people = (fact.approver.hex, fact.asked_by.hex)
    return (
        "approval",
        *people,
        fact.act,
        str(fact.amount.minor),
        fact.intent.hex,
        fact.at.isoformat(),
    )


def _seal(key: bytes, parts: tuple[str, ...]) -> bytes:
    return hmac.digest(key, "\x1f".join(parts).encode(), hashlib.sha256)
