"""One basket's payment, from the first attempt to its receipt: one intent, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from pos_app.errors import PosError
from pos_app.ids import IntentId, OperatorId, new_id
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.access import ProofNeeded
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.sales import Payment, QuoteChanged, pay
from pos_app.ledger.store.driver import DiskFailed
from pos_app.money import Money
from pos_app.security.evidence import Approval, Evidence, NotProved
from pos_app.ui.checkout.looked_up import receipt_of
from pos_app.ui.checkout.supply import Needs, needs_of
from pos_app.ui.checkout.wish import Short, Wish
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class Proof:
    """What the member, and a manager where one was needed, gave for exactly this payment."""

    evidence: Evidence
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class ProofWanted:
    """What has to be proved: the sheet shows it and binds the evidence to it."""

    member: MemberAtCounter
    amount: Money
    intent: IntentId
    needed: ProofNeeded


@dataclass(frozen=True, slots=True)
class Taken:
    receipt: SaleReceipt


@dataclass(frozen=True, slots=True)
class Changed:
    fresh: Quote


@dataclass(frozen=True, slots=True)
class Refused:
    fact: PosError


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows yet whether the payment is in the book; it was looked up this often."""

    times: int


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An unknown outcome was cleared up: the book does not hold the payment."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The proof was not given; `other_tender` when the member cannot give it today."""

    other_tender: bool = False


Outcome = Taken | Changed | Refused | Unknown | NotTaken | GivenUp | Short
Prove = Callable[[ProofWanted, Callable[[Proof], None], Callable[[GivenUp], None]], None]


class PaymentDoors(Protocol):
    """Who takes the payment, and how the member proves it."""

    @property
    def operator(self) -> Callable[[], OperatorId]: ...
    @property
    def prove(self) -> Prove: ...


class Charge:
    """Mints the intent before the first attempt and keeps it until success or another sum."""

    def __init__(
        self, ledger: Ledger, work: Work, doors: PaymentDoors, report: Callable[[Outcome], None]
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._doors = doors
        self._report = report
        self._subject: object = None
        self._intent: IntentId | None = None
        self._proof: Proof | None = None
        self._looked_up = 0

    def take(self, wish: Wish) -> None:
        """Take the payment; pressing twice or trying again cannot take it twice."""
        if wish.subject != self._subject or self._intent is None:
            self._subject, self._intent, self._proof = wish.subject, IntentId(new_id()), None
        owner = wish.owner
        if owner is None:
            self._commit(wish)
        else:
            self._ask_what_is_needed(wish, owner)

    def check_again(self) -> None:
        """Look up in the book whether the payment is there."""
        intent = self._intent
        assert intent is not None, "nothing was attempted"
        self._looked_up += 1
        self._work.run(
            lambda: receipt_of(self._ledger, intent), done=self._looked, failed=self._still_unknown
        )

    def _ask_what_is_needed(self, wish: Wish, owner: MemberAtCounter) -> None:
        self._work.run(
            lambda: needs_of(self._ledger, wish.shown, owner.id),
            done=partial(self._needed, wish, owner),
            failed=self._failed,
        )

    def _needed(self, wish: Wish, owner: MemberAtCounter, needs: Needs) -> None:
        if needs.wants:
            self._report(Short(wish, owner, needs.wants))
        elif needs.proof is None or self._proof is not None:
            self._commit(wish)
        else:
            self._ask_for_proof(wish, owner, needs.proof)

    def _ask_for_proof(self, wish: Wish, owner: MemberAtCounter, needed: ProofNeeded) -> None:
        assert self._intent is not None
        wanted = ProofWanted(owner, wish.shown.to_prove, self._intent, needed)
        self._doors.prove(wanted, partial(self._proved, wish), self._report)

    def _proved(self, wish: Wish, proof: Proof) -> None:
        self._proof = proof
        self._commit(wish)

    def _commit(self, wish: Wish) -> None:
        assert self._intent is not None
        payment = Payment(
            operator=self._doors.operator(),
            intent=self._intent,
            member=wish.member.id if wish.member else None,
            evidence=self._proof.evidence if self._proof else None,
            approval=self._proof.approval if self._proof else None,
            cash_received=wish.received,
        )
        self._work.run(
            lambda: pay(self._ledger, wish.shown, payment), done=self._taken, failed=self._failed
        )

    def _taken(self, receipt: SaleReceipt) -> None:
        self._intent, self._proof, self._subject, self._looked_up = None, None, None, 0
        self._report(Taken(receipt))

    def _failed(self, fact: PosError) -> None:
        if isinstance(fact, QuoteChanged):
            self._report(Changed(fact.fresh))
        elif isinstance(fact, DiskFailed):
            self._looked_up = 0
            self._report(Unknown(0))
            self.check_again()
        else:
            if isinstance(fact, NotProved | NeedsApproval):
                self._proof = None
            self._report(Refused(fact))

    def _looked(self, receipt: SaleReceipt | None) -> None:
        if receipt is not None:
            self._taken(receipt)
        else:
            self._report(NotTaken())

    def _still_unknown(self, _fact: PosError) -> None:
        self._report(Unknown(self._looked_up))
