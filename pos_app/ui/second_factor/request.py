"""What is to be proved, and what is handed back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.ids import IntentId
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.rules.access import ProofNeeded
from pos_app.money import Money
from pos_app.security.evidence import Approval, Evidence


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """One payment. The evidence is bound to member, amount and intent, and so is the approval."""

    member: MemberAtCounter
    amount: Money
    intent: IntentId
    needed: ProofNeeded


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the proof goes; `given_up` hears whether another tender is wanted."""

    proved: Callable[[Evidence, Approval | None], None]
    given_up: Callable[[bool], None]
