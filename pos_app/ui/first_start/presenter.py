"""Founds the ledger and creates the first manager; there are no default credentials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.errors import PosError
from pos_app.ids import IntentId, new_id
from pos_app.language import _
from pos_app.ledger import operators
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ui.first_start.state import NO_PROBLEMS, Answers, FirstStartState, Problems, Step
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

_LONGEST_NAME = 40
_PIN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Founder:
    """How the wizard gets its ledger; `named` is store and terminal of one that exists already."""

    found: Callable[[str, str], Ledger]
    finished: Callable[[SignedIn], None]
    named: tuple[str, str] | None = None


class FirstStartPresenter:
    """Walks through two short pages and leaves a ledger with one manager."""

    def __init__(self, founder: Founder, work: Work) -> None:
        self._founder = founder
        self._work = work
        self._manager: SignedIn | None = None
        self._ledger: Ledger | None = None
        self._intent = IntentId(new_id())
        store, terminal = founder.named or ("", "")
        step = Step.MANAGER if founder.named else Step.TERMINAL
        self.shown = Shown(FirstStartState(step, store, terminal))

    def name_terminal(self, answers: Answers) -> None:
        """Keep the names and go on to the manager."""
        problems = _terminal_problems(answers)
        state = self.shown.state
        if problems.any:
            self.shown.show(replace(state, problems=problems))
            return
        names = (answers.store_name.strip(), answers.terminal_name.strip())
        self.shown.show(FirstStartState(Step.MANAGER, *names, attempt=state.attempt))

    def back(self) -> None:
        """Return to the names, as long as the ledger does not exist."""
        state = self.shown.state
        if not state.busy and self._founder.named is None:
            step = replace(state, step=Step.TERMINAL, problems=NO_PROBLEMS, problem="")
            self.shown.show(step)

    def create(self, answers: Answers) -> None:
        """Found the ledger and create the manager; a second press while it works does nothing."""
        state = self.shown.state
        if state.busy:
            return
        problems = _manager_problems(answers)
        if problems.any:
            self.shown.show(replace(state, problems=problems, problem=""))
            return
        self.shown.show(replace(state, busy=True, problems=NO_PROBLEMS, problem=""))
        names = (state.store_name, state.terminal_name)
        self._work.run(
            lambda: self._create(names, answers), done=self._created, failed=self._failed
        )

    def finish(self) -> None:
        """Open the till for the manager who was just created."""
        if self._manager is not None:
            self._founder.finished(self._manager)

    def _create(self, names: tuple[str, str], answers: Answers) -> SignedIn:
        if self._ledger is None:
            self._ledger = self._founder.found(*names)
        number, name = answers.number.strip(), answers.name.strip()
        return operators.create_first_manager(self._ledger, number, name, answers.pin, self._intent)

    def _created(self, manager: SignedIn) -> None:
        self._manager = manager
        who = f"{manager.name} · {manager.number}"
        self.shown.show(replace(self.shown.state, step=Step.READY, busy=False, manager=who))

    def _failed(self, fact: PosError) -> None:
        state = self.shown.state
        problem = sentence(fact)
        self.shown.show(replace(state, busy=False, problem=problem, attempt=state.attempt + 1))


def _terminal_problems(answers: Answers) -> Problems:
    return Problems(
        store_name=_name_problem(answers.store_name),
        terminal_name=_name_problem(answers.terminal_name),
    )


def _manager_problems(answers: Answers) -> Problems:
    number, pin = answers.number.strip(), answers.pin
    whole = pin.isascii() and pin.isdigit() and len(pin) == _PIN_DIGITS
    digits = number.isascii() and number.isdigit()
    return Problems(
        number="" if digits else _("Only digits, for example 1001."),
        name=_name_problem(answers.name),
        pin="" if whole else _("Six digits."),
        pin_again="" if pin == answers.pin_again else _("The two PINs are not the same."),
    )


def _name_problem(text: str) -> str:
    length = len(text.strip())
    if length == 0:
        return _("Please fill this in.")
    if length > _LONGEST_NAME:
        return _("At most {count} characters.").format(count=_LONGEST_NAME)
    return ""
