"""Closes a member's account: terms, everything fetched, the plan shown, proofs, one event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.language import _
from pos_app.ledger import closing_plan, factors
from pos_app.ledger.account_closing import (
    BankAccount,
    ClosingChanged,
    ClosingWish,
    close_account,
)
from pos_app.ledger.closing_plan import ClosingPlan, Terms
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_profile import Profile
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.receipts import ClosingReceipt
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.closing import Cause
from pos_app.ledger.rules.prepaid_law import PayoutWay
from pos_app.ledger.store.right_rows import Want
from pos_app.money import BasisPoints, NotAnAmount, parse_money
from pos_app.security.evidence import Approval, Evidence
from pos_app.ui.approval.presenter import ApprovalAsk, ApprovalPresenter
from pos_app.ui.member_page import closing_words
from pos_app.ui.member_page.closing_state import (
    NO_ANSWERS,
    ClosingAnswers,
    ClosingState,
    ClosingStep,
    ClosingTerms,
)
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

Cover = Callable[
    [MemberId, tuple[Want, ...], Callable[[None], None], Callable[[PosError], None]], None
]
_PIN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What was agreed to: the plan under its own intent, and what was answered to it."""

    plan: ClosingPlan
    intent: IntentId
    answers: ClosingAnswers = NO_ANSWERS
    evidence: Evidence | None = None


class ClosingPresenter:
    """Leads one closing at a time; an answer to a sheet that was closed changes nothing."""

    def __init__(
        self,
        ledger: Ledger,
        work: Work,
        operator: Callable[[], SignedIn],
        done: Callable[[ClosingReceipt], None],
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._tell = done
        self._kept: Profile | None = None
        self._terms: Terms | None = None
        self._agreed: _Agreed | None = None
        self._round = self._turn = 0
        self._cover: Cover = _nothing_to_cover
        self.approval = ApprovalPresenter(ledger, work)
        self.shown: Shown[ClosingState | None] = Shown(None)

    @property
    def serving(self) -> frozenset[MemberId]:
        """Whose rights stay here until the account is closed, or left as it is."""
        open_ = self.shown.state is not None and self._kept is not None
        return frozenset({self._kept.id}) if open_ and self._kept else frozenset()

    def cover_by(self, cover: Cover) -> None:
        """Fetch what lies at HQ by this way."""
        self._cover = cover

    def start(self, kept: Profile) -> None:
        """Open the sheet for a member."""
        self._kept, self._agreed = kept, None
        self._round += 1
        who = f"{kept.masked_name}  ·  {kept.masked_phone}"
        today = self._ledger.today().isoformat()
        self.shown.show(ClosingState(ClosingStep.TERMS, who, today, round=self._round))

    def cancel(self) -> None:
        """Put the sheet away; the account stays as it is."""
        self.approval.close()
        self._round += 1
        self._agreed = None
        self.shown.show(None)

    def back(self) -> None:
        """Go back to the terms."""
        self._agreed = None
        self._change(step=ClosingStep.TERMS, plan=None, problem="", busy="")

    def work_out(self, typed: ClosingTerms) -> None:
        """Fetch everything that HQ has of the member, and show what closing would pay."""
        state, kept = self.shown.state, self._kept
        if state is None or state.busy or kept is None:
            return
        terms = _terms_of(typed)
        if terms is None:
            self._change(problem=_("Type the day and the reference rate in percent a year."))
            return
        self._terms = terms
        self._change(busy=_("HQ is asked for everything the member has …"), problem="")
        self._run(lambda: closing_plan.wants_of_all(self._ledger, kept.id), self._fetch)

    def submit(self, answers: ClosingAnswers) -> None:
        """Check the member's PIN for the whole balance, then ask the second manager."""
        state, agreed, kept = self.shown.state, self._agreed, self._kept
        if state is None or state.busy or agreed is None or kept is None:
            return
        if len(answers.pin) != _PIN_DIGITS:
            self._change(problem=_("The PIN has six digits."))
            return
        self._agreed = agreed = replace(agreed, answers=answers)
        who = self._operator().id
        self._change(busy=_("Working …"), problem="")
        self._run(
            lambda: factors.prove_with_pin(
                self._ledger,
                member=kept.id,
                pin=answers.pin,
                amount=agreed.plan.balance,
                intent=agreed.intent,
                operator=who,
            ),
            self._proved,
        )

    def _fetch(self, wants: tuple[Want, ...]) -> None:
        kept, current = self._kept, self._round
        assert kept is not None, "a sheet is about somebody"
        if wants:
            self._cover(kept.id, wants, self._if(current, self._fetched), self._failing(current))
        else:
            self._fetched(None)

    def _fetched(self, _nothing: None) -> None:
        kept, terms = self._kept, self._terms
        assert kept is not None, "a sheet is about somebody"
        assert terms is not None, "they were typed"
        self._run(lambda: closing_plan.plan(self._ledger, kept.id, terms), self._planned)

    def _planned(self, plan: ClosingPlan, problem: str = "") -> None:
        self._agreed = _Agreed(plan, IntentId(new_id()))
        self._turn += 1
        shown = closing_words.plan_shown(plan)
        self._change(step=ClosingStep.PLAN, plan=shown, busy="", problem=problem, turn=self._turn)

    def _proved(self, evidence: Evidence) -> None:
        assert self._agreed is not None, "a plan was proved"
        self._agreed = replace(self._agreed, evidence=evidence)
        self._commit(None)

    def _commit(self, approval: Approval | None) -> None:
        agreed, kept = self._agreed, self._kept
        assert agreed is not None, "an approval of a closed sheet is void"
        assert kept is not None, "a sheet is about somebody"
        answers = agreed.answers
        wish = ClosingWish(
            member=kept.id,
            shown=agreed.plan,
            way=PayoutWay(answers.way),
            operator=self._operator().id,
            intent=agreed.intent,
            account=BankAccount(answers.holder, answers.tail),
            evidence=agreed.evidence,
            approval=approval,
        )
        self._change(busy=_("Working …"), problem="")
        self._run(lambda: close_account(self._ledger, wish), self._closed)

    def _closed(self, receipt: ClosingReceipt) -> None:
        self.cancel()
        self._tell(receipt)

    def _failed(self, fact: PosError) -> None:
        if isinstance(fact, ClosingChanged):
            self._planned(fact.fresh, sentence(fact))
        elif isinstance(fact, NeedsApproval):
            self._change(busy="")
            self._ask_manager(fact)
        else:
            self._turn += 1
            self._change(busy="", problem=sentence(fact), turn=self._turn)

    def _ask_manager(self, needed: NeedsApproval) -> None:
        state, agreed = self.shown.state, self._agreed
        assert state is not None, "the sheet is open"
        assert agreed is not None, "a plan was proved"
        what = f"{closing_words.plan_shown(agreed.plan).verb}: {state.who}"
        rule = _("This needs a manager who is another person.")
        asked = (needed.act, needed.amount, agreed.intent, self._operator(), what, rule)
        self.approval.ask(ApprovalAsk(*asked), self._commit)

    def _run(self, task: Callable[[], Any], done: Callable[[Any], None]) -> None:
        current = self._round
        self._work.run(task, done=self._if(current, done), failed=self._failing(current))

    def _if(self, current: int, done: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return the answer's way in, as long as its sheet is still open."""

        def arrive(answer: Any) -> None:  # noqa: ANN401 -- whatever the task returns
            if current == self._round:
                done(answer)

        return arrive

    def _failing(self, current: int) -> Callable[[PosError], None]:
        return self._if(current, self._failed)

    def _change(self, **changes: Any) -> None:  # noqa: ANN401 -- the fields of the state
        state = self.shown.state
        assert state is not None, "only an open sheet changes"
        self.shown.show(replace(state, **changes))


def _terms_of(typed: ClosingTerms) -> Terms | None:
    """Read what was typed; the rate has at most two decimals, as money has."""
    try:
        rate = BasisPoints(parse_money(typed.rate.strip()).minor)
        ended = date.fromisoformat(typed.ended_on)
    except (NotAnAmount, ValueError):
        return None
    return Terms(Cause(typed.cause), ended, rate, typed.goods_known_before)


def _nothing_to_cover(
    _member: MemberId,
    _wants: tuple[Want, ...],
    done: Callable[[None], None],
    _failed: Callable[[PosError], None],
) -> None:
    """Answer at once: a till without an HQ holds everything itself."""
    done(None)
