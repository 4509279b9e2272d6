"""Takes what a manager decides about an exception: one decision at a time, each confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from pos_app.errors import PosError
from pos_app.language import _
from pos_app.ledger import decisions, factors
from pos_app.ledger.decisions import Decision
from pos_app.ledger.factors import ApprovalWish, OwnPinWrong
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import OperatorLocked, SignedIn
from pos_app.ledger.rules.access import Act, Role
from pos_app.ledger.sync_list import CaseLine
from pos_app.money import Money
from pos_app.security.evidence import Approval
from pos_app.ui.approval.presenter import ApprovalAsk, ApprovalPresenter
from pos_app.ui.sync_page.case_words import case_words, choice
from pos_app.ui.sync_page.state import DecideSheet
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

_PIN_DIGITS = 6


class Page(Protocol):
    """What deciding needs of its page."""

    approval: ApprovalPresenter

    def show_sheet(self, sheet: DecideSheet | None) -> None: ...

    def decided(self, notice: str) -> None: ...


class Deciding:
    """A manager at the till confirms with the own PIN; a cashier asks for one."""

    def __init__(
        self, ledger: Ledger, work: Work, operator: Callable[[], SignedIn], page: Page
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._page = page
        self._case: CaseLine | None = None
        self._how = ""
        self._sheet: DecideSheet | None = None
        self._round = 0

    def start(self, case: CaseLine, how: str) -> None:
        """Open the sheet of a decision."""
        self._case, self._how = case, how
        self._round += 1
        who = self._operator()
        confirmed_by = f"{who.name} · {who.number}" if who.role is Role.MANAGER else ""
        fresh = _sheet(case, how)
        self._show(replace(fresh, confirmed_by=confirmed_by, round=self._round))

    def cancel(self) -> None:
        """Close the sheet; nothing happened."""
        self._page.approval.close()
        self._show(None)

    def submit(self, why: str, own_pin: str) -> None:
        """Confirm the decision, or ask a manager; a second press while it works does nothing."""
        sheet, case = self._sheet, self._case
        if sheet is None or case is None or sheet.busy:
            return
        problem = _problem(sheet, why, own_pin)
        if problem:
            self._show(replace(sheet, problem=problem))
            return
        wish = Decision(case.id, self._how, why.strip())
        if sheet.confirmed_by:
            self._carry_out(wish, own_pin, None)
        else:
            self._ask_manager(sheet, wish)

    def _ask_manager(self, sheet: DecideSheet, wish: Decision) -> None:
        self._show(replace(sheet, problem=""))
        what = f"{sheet.title}: {sheet.who}"
        ask = ApprovalAsk(
            Act.DECIDE, Money(), wish.operation, self._operator(), what, f"“{wish.why}”"
        )
        self._page.approval.ask(ask, partial(self._carry_out, wish, ""))

    def _carry_out(self, wish: Decision, own_pin: str, approval: Approval | None) -> None:
        sheet = self._sheet
        assert sheet is not None, "an approval of a closed sheet is void"
        ledger, by = self._ledger, self._operator().id
        self._show(replace(sheet, busy=True, problem=""))

        def decide() -> None:
            if approval is None:
                own = ApprovalWish(Act.DECIDE, Money(), wish.operation, by)
                factors.confirm(ledger, own, pin=own_pin)
            decisions.decide(ledger, wish, operator=by, approval=approval)

        self._work.run(
            decide,
            done=lambda _nothing: self._done(sheet),
            failed=lambda fact: self._failed(sheet, fact),
        )

    def _done(self, sheet: DecideSheet) -> None:
        if self._is_open(sheet):
            self._show(None)
        self._page.decided(_("Done: {what}").format(what=f"{sheet.title} · {sheet.who}"))

    def _failed(self, sheet: DecideSheet, fact: PosError) -> None:
        if self._is_open(sheet):
            again = 1 if isinstance(fact, OwnPinWrong | OperatorLocked) else 0
            self._show(replace(sheet, problem=sentence(fact), attempt=sheet.attempt + again))

    def _is_open(self, sheet: DecideSheet) -> bool:
        return self._sheet is not None and self._sheet.round == sheet.round

    def _show(self, sheet: DecideSheet | None) -> None:
        self._sheet = sheet
        self._page.show_sheet(sheet)


def _sheet(case: CaseLine, how: str) -> DecideSheet:
    title, who = choice(how).text, case_words(case.type).title
    words = {
        "accept": _("HQ's booking stays as it is, and the exception is closed."),
        "loss": _("The shop bears the difference, and the exception is closed."),
        "correct": _("HQ's booking stays until HQ has read your correction and acts on it."),
    }
    asked = _("What is right instead?") if how == "correct" else _("Why?")
    return DecideSheet(title, words.get(how, ""), who, asked, title)


def _problem(sheet: DecideSheet, why: str, own_pin: str) -> str:
    if not why.strip():
        return _("Please write down why.")
    right = own_pin.isascii() and own_pin.isdigit() and len(own_pin) == _PIN_DIGITS
    return "" if right or not sheet.confirmed_by else _("Confirm it with your own PIN.")
