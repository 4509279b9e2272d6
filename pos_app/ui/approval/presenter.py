"""Asks a second person for consent to exactly one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.errors import PosError
from pos_app.ids import IntentId
from pos_app.ledger import factors
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Act
from pos_app.money import Money
from pos_app.security.evidence import Approval
from pos_app.ui.approval.state import ApprovalState
from pos_app.ui.scan_routes import ScanKind, route
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class ApprovalAsk:
    """The act that needs consent, and the words in which the approver reads it."""

    act: Act
    amount: Money
    intent: IntentId
    asked_by: SignedIn
    what: str
    rule: str


class ApprovalPresenter:
    """Turns a manager's number and PIN into an approval bound to one act, sum and intent."""

    def __init__(self, ledger: Ledger, work: Work) -> None:
        self._ledger = ledger
        self._work = work
        self._ask: ApprovalAsk | None = None
        self._given: Callable[[Approval], None] | None = None
        self.shown = Shown(ApprovalState())

    def ask(self, wish: ApprovalAsk, given: Callable[[Approval], None]) -> None:
        """Open the pane for this act; `given` gets the approval."""
        self._ask, self._given = wish, given
        asked_by = f"{wish.asked_by.name} · {wish.asked_by.number}"
        attempt = self.shown.state.attempt + 1
        self.shown.show(
            ApprovalState(
                open=True, what=wish.what, rule=wish.rule, asked_by=asked_by, attempt=attempt
            )
        )

    def close(self) -> None:
        """Give up asking."""
        self._ask = self._given = None
        self.shown.show(ApprovalState(attempt=self.shown.state.attempt + 1))

    def scanned(self, code: str) -> bool:
        """Take the number from a staff badge while the pane is open; say whether it was wanted."""
        scan = route(code)
        if self._ask is None or scan.kind is not ScanKind.BADGE:
            return False
        self.shown.show(replace(self.shown.state, number=scan.payload, problem=""))
        return True

    def submit(self, number: str, pin: str) -> None:
        """Check the approver's PIN."""
        wish = self._ask
        if wish is None or self.shown.state.busy:
            return
        self.shown.show(replace(self.shown.state, busy=True, problem=""))
        self._work.run(
            lambda: factors.approve(
                self._ledger,
                factors.ApprovalWish(wish.act, wish.amount, wish.intent, wish.asked_by.id),
                number=number.strip(),
                pin=pin,
            ),
            done=lambda approval: self._approved(wish, approval),
            failed=lambda fact: self._refused(wish, fact),
        )

    def _approved(self, wish: ApprovalAsk, approval: Approval) -> None:
        if wish is not self._ask or self._given is None:
            return
        given = self._given
        self.close()
        given(approval)

    def _refused(self, wish: ApprovalAsk, fact: PosError) -> None:
        if wish is not self._ask:
            return
        state = self.shown.state
        problem = sentence(fact)
        self.shown.show(replace(state, busy=False, problem=problem, attempt=state.attempt + 1))
