"""The presenter of the second factor: figures in, evidence out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from pos_app.errors import PosError
from pos_app.ids import OperatorId
from pos_app.language import _
from pos_app.ledger.factors import (
    ApprovalWish,
    PinLocked,
    PinNotHere,
    PinNotSet,
    approve,
    pin_locked,
    prove_with_pin,
)
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.access import Act, ProofNeeded, StepUp
from pos_app.money import Money
from pos_app.security.evidence import Approval, Evidence
from pos_app.ui.formats import money
from pos_app.ui.phone_words import spaced
from pos_app.ui.second_factor.request import Answer, ProofRequest
from pos_app.ui.second_factor.state import SecondFactorState, Step
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

CLOSED = SecondFactorState()


class SecondFactorPresenter:
    """Asks the member for the PIN, then a manager where the rules want one."""

    def __init__(self, ledger: Ledger, work: Work, operator: Callable[[], OperatorId]) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._asked: tuple[ProofRequest, Answer] | None = None
        self._evidence: Evidence | None = None
        self.shown = Shown(CLOSED)

    def ask(self, request: ProofRequest, answer: Answer) -> None:
        """Open the sheet for one payment."""
        self._asked, self._evidence = (request, answer), None
        member, after = request.member, request.member.whole - request.amount
        self.shown.show(
            SecondFactorState(
                step=Step.PIN,
                title=_("Confirm payment"),
                who=f"{member.masked_name} · {spaced(member.masked_phone)}".rstrip(" ·"),
                amount=money(request.amount),
                balance_after=money(after) if after >= Money() else "",
                hint=_("Please let the member type the PIN."),
                turn=self.shown.state.turn + 1,
            )
        )
        if not member.pin_here:
            elsewhere = member.has_pin
            lack = PinNotHere(member.id, member.online) if elsewhere else PinNotSet(member.id)
            self._bar(sentence(lack))
            return
        self._work.run(
            lambda: pin_locked(self._ledger, member.id),
            done=partial(self._if_locked, request),
            failed=self._failed,
        )

    def pin_typed(self, pin: str) -> None:
        """Check a complete PIN; the last figure brings it here by itself."""
        if self._asked is None or self.shown.state.busy:
            return
        request, operator = self._asked[0], self._operator()
        self._change(busy=True, problem="", wrong=False, hint=_("Checking…"))
        self._work.run(
            lambda: prove_with_pin(
                self._ledger,
                member=request.member.id,
                pin=pin,
                amount=request.amount,
                intent=request.intent,
                operator=operator,
            ),
            done=partial(self._proved, request),
            failed=self._failed,
        )

    def figure_typed(self) -> None:
        """Forget what was wrong as soon as the next try begins."""
        if self.shown.state.problem and not self.shown.state.busy:
            self._change(problem="", wrong=False)

    def manager_typed(self, number: str, pin: str) -> None:
        """Ask for the consent of the manager who typed number and PIN."""
        if self._asked is None or self.shown.state.busy:
            return
        request = self._asked[0]
        wish = ApprovalWish(
            Act.PAY_STORED_VALUE, request.amount, request.intent, asked_by=self._operator()
        )
        self._change(busy=True, problem="", number=number)
        self._work.run(
            lambda: approve(self._ledger, wish, number=number, pin=pin),
            done=partial(self._approved, request),
            failed=self._failed,
        )

    def badge(self, number: str) -> None:
        """Take the manager's number from a scanned badge."""
        if self.shown.state.step is Step.APPROVAL:
            self._change(number=number)

    def cancel(self) -> None:
        """Close without proof; the order stays as it is."""
        self._give_up(other_tender=False)

    def pay_otherwise(self) -> None:
        """Close because the member pays by another tender."""
        self._give_up(other_tender=True)

    def _if_locked(self, request: ProofRequest, lock: PinLocked | None) -> None:
        if lock is not None and self._is_current(request):
            self._bar(sentence(lock))

    def _proved(self, request: ProofRequest, evidence: Evidence) -> None:
        if not self._is_current(request):
            return
        self._evidence = evidence
        if not request.needed.approval:
            self._finish(evidence, None)
            return
        self._change(
            step=Step.APPROVAL,
            title=_("A manager has to agree."),
            reason=_why(request.needed),
            hint=_("Number and PIN of a manager who is not at this till."),
            busy=False,
            turn=self.shown.state.turn + 1,
        )

    def _approved(self, request: ProofRequest, approval: Approval) -> None:
        if self._is_current(request) and self._evidence is not None:
            self._finish(self._evidence, approval)

    def _failed(self, fact: PosError) -> None:
        if self._asked is None:
            return
        if isinstance(fact, PinLocked | PinNotSet | PinNotHere):
            self._bar(sentence(fact))
            return
        problem = sentence(fact)
        turn = self.shown.state.turn + 1
        self._change(busy=False, problem=problem, hint="", wrong=True, turn=turn)

    def _bar(self, problem: str) -> None:
        """No PIN can be taken now: say why and offer other tenders."""
        turn = self.shown.state.turn + 1
        self._change(step=Step.BARRED, busy=False, problem=problem, hint="", wrong=False, turn=turn)

    def _finish(self, evidence: Evidence, approval: Approval | None) -> None:
        assert self._asked is not None
        answer = self._asked[1]
        self._close()
        answer.proved(evidence, approval)

    def _give_up(self, *, other_tender: bool) -> None:
        if self._asked is not None:
            answer = self._asked[1]
            self._close()
            answer.given_up(other_tender)

    def _close(self) -> None:
        self._asked, self._evidence = None, None
        self.shown.show(replace(CLOSED, turn=self.shown.state.turn + 1))

    def _is_current(self, request: ProofRequest) -> bool:
        return self._asked is not None and self._asked[0] is request

    def _change(self, **changes: Any) -> None:  # noqa: ANN401 -- the fields of the state
        self.shown.show(replace(self.shown.state, **changes))


def _why(needed: ProofNeeded) -> str:
    reasons = {
        StepUp.VERY_LARGE_AMOUNT: _("The amount is very large."),
        StepUp.LARGE_AMOUNT: _("The amount is large."),
        StepUp.DAILY_AMOUNT: _("The member's payments of today pass the daily limit."),
        StepUp.DAILY_COUNT: _("The member has paid very often today."),
        StepUp.VELOCITY: _("Several payments within a few minutes."),
        StepUp.NONE: "",
    }
    return reasons[needed.reason]
