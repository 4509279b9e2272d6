"""Does what a manager decides about operators: one deed at a time, one intent each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from pos_app.errors import PosError
from pos_app.ids import IntentId, OperatorId, new_id
from pos_app.language import _
from pos_app.ledger import appointments, factors
from pos_app.ledger.appointments import Changed, NewOperator, OperatorCard
from pos_app.ledger.factors import ApprovalWish, OwnPinWrong
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import OperatorLocked, SignedIn
from pos_app.ledger.rules.access import Act, Role
from pos_app.money import Money
from pos_app.ui.operators_page import words
from pos_app.ui.operators_page.state import NO_PROBLEMS, Answers, Deed, DeedSheet, Problems
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

_PIN_DIGITS = 6
_WITH_NAME = (Deed.ADD, Deed.EDIT)
_WITH_PIN = (Deed.ADD, Deed.PIN)


class Page(Protocol):
    """What the deeds need of the page that offers them."""

    def show_sheet(self, sheet: DeedSheet | None) -> None: ...

    def done(self, card: OperatorCard, notice: str) -> None: ...


class Deeds:
    """The manager who signed in confirms each deed with the PIN; a retry of it is harmless."""

    def __init__(
        self, ledger: Ledger, work: Work, operator: Callable[[], SignedIn], page: Page
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._page = page
        self._about: OperatorCard | None = None
        self._sheet: DeedSheet | None = None
        self._intent = IntentId(new_id())
        self._round = 0

    def start(self, deed: Deed, card: OperatorCard | None, bound: str) -> None:
        """Open the sheet of a deed; `bound` says why this operator's role must stay."""
        self._about = card
        self._intent = IntentId(new_id())
        self._round += 1
        who = self._operator()
        fresh = words.sheet(deed, card, bound)
        confirmed_by = f"{who.name} · {who.number}"
        self._show(replace(fresh, round=self._round, confirmed_by=confirmed_by))

    def cancel(self) -> None:
        """Close the sheet; nothing happened."""
        self._show(None)

    def submit(self, answers: Answers) -> None:
        """Carry the deed out; a second press while it works does nothing."""
        sheet = self._sheet
        if sheet is None or sheet.busy:
            return
        problems = _problems(sheet.deed, answers)
        unproved = "" if _is_pin(answers.own_pin) else _("Confirm it with your own PIN.")
        if problems.any or unproved:
            problem = "" if problems.any else unproved
            self._show(replace(sheet, problems=problems, problem=problem))
            return
        self._show(replace(sheet, busy=True, problems=NO_PROBLEMS, problem=""))
        self._work.run(
            self._task(sheet.deed, answers),
            done=lambda card: self._done(sheet, card),
            failed=lambda fact: self._failed(sheet, fact),
        )

    def _task(self, deed: Deed, answers: Answers) -> Callable[[], OperatorCard]:
        ledger, about = self._ledger, self._about
        by, intent = self._operator().id, self._intent
        wish = ApprovalWish(Act.MANAGE_OPERATORS, Money(), intent, by)

        def carry_out() -> OperatorCard:
            factors.confirm(ledger, wish, pin=answers.own_pin)
            if about is None:
                new = NewOperator(answers.number, answers.name, Role(answers.role), answers.pin)
                return appointments.add_operator(ledger, new, by=by, intent=intent)
            return _carried_out(ledger, deed, about.id, answers, wish)

        return carry_out

    def _done(self, sheet: DeedSheet, card: OperatorCard) -> None:
        if self._is_open(sheet):
            self._show(None)
        notice = _("Done: {what}").format(what=f"{sheet.title} · {card.name}")
        self._page.done(card, notice)

    def _failed(self, sheet: DeedSheet, fact: PosError) -> None:
        if not self._is_open(sheet):
            return
        again = 1 if isinstance(fact, OwnPinWrong | OperatorLocked) else 0
        problem, attempt = sentence(fact), sheet.attempt + again
        self._show(replace(sheet, problems=NO_PROBLEMS, problem=problem, attempt=attempt))

    def _is_open(self, sheet: DeedSheet) -> bool:
        return self._sheet is not None and self._sheet.round == sheet.round

    def _show(self, sheet: DeedSheet | None) -> None:
        self._sheet = sheet
        self._page.show_sheet(sheet)


def _carried_out(
    ledger: Ledger, deed: Deed, who: OperatorId, answers: Answers, wish: ApprovalWish
) -> OperatorCard:
    by, intent = wish.asked_by, wish.intent
    if deed is Deed.EDIT:
        wanted = Changed(answers.name, Role(answers.role))
        return appointments.change(ledger, who, wanted, by=by, intent=intent)
    if deed is Deed.PIN:
        return appointments.reset_pin(ledger, who, answers.pin, by=by, intent=intent)
    if deed is Deed.UNLOCK:
        return appointments.unlock(ledger, who, by=by, intent=intent)
    back = deed is Deed.BACK
    return appointments.set_active(ledger, who, active=back, by=by, intent=intent)


def _problems(deed: Deed, answers: Answers) -> Problems:
    number, name = answers.number.strip(), answers.name.strip()
    badly_numbered = deed is Deed.ADD and not (number.isascii() and number.isdigit())
    nameless = deed in _WITH_NAME and not name
    short = deed in _WITH_PIN and not _is_pin(answers.pin)
    differ = deed in _WITH_PIN and answers.pin != answers.pin_again
    return Problems(
        number=_("Only digits, for example 1001.") if badly_numbered else "",
        name=_("Please fill this in.") if nameless else "",
        pin=_("Six digits.") if short else "",
        pin_again=_("The two PINs are not the same.") if differ else "",
    )


def _is_pin(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == _PIN_DIGITS
