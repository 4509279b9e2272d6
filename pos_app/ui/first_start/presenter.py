"""Founds the ledger and creates the first manager; there are no default credentials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.errors import PosError
from pos_app.ids import IntentId, new_id
from pos_app.joining import Joined
from pos_app.ledger import operators
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ui.first_start.checks import (
    address_of,
    chain_problems,
    manager_problems,
    terminal_problems,
)
from pos_app.ui.first_start.state import NO_PROBLEMS, Answers, FirstStartState, Step, Way
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class ChainDoors:
    """How the wizard asks an HQ what this till is; `address` is the one to suggest.

    `ask` takes address and code and says what HQ told. `found` makes the ledger of that;
    `decline` forgets it. `ask` and `decline` are for the `network` lane.
    """

    network: Work
    ask: Callable[[str, str], Joined]
    found: Callable[[], Ledger]
    decline: Callable[[], None]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Founder:
    """How the wizard gets its ledger; `named` is store and terminal of one that exists already."""

    found: Callable[[str, str], Ledger]
    finished: Callable[[SignedIn], None]
    chain: ChainDoors
    named: tuple[str, str] | None = None


class FirstStartPresenter:
    """Walks through a few short pages and leaves a ledger with one manager."""

    def __init__(self, founder: Founder, work: Work) -> None:
        self._founder = founder
        self._chain = founder.chain
        self._work = work
        self._manager: SignedIn | None = None
        self._ledger: Ledger | None = None
        self._intent = IntentId(new_id())
        store, terminal = founder.named or ("", "")
        step = Step.MANAGER if founder.named else Step.TERMINAL
        address = founder.chain.address
        way = Way.CHAIN if address else Way.ALONE
        self.shown = Shown(FirstStartState(step, store, terminal, way=way, address=address))

    def choose(self, way: str) -> None:
        """Let the till stand alone, or belong to a chain."""
        state = self.shown.state
        if not state.busy:
            self.shown.show(replace(state, way=Way(way), problems=NO_PROBLEMS, problem=""))

    def go_on(self, answers: Answers) -> None:
        """Go on from the first page: to the manager, or to HQ."""
        if self.shown.state.way is Way.CHAIN:
            self._ask_hq(answers)
        else:
            self._name_terminal(answers)

    def confirm(self) -> None:
        """Go on to the manager: HQ named the right till."""
        self._turn_to(Step.MANAGER)

    def back(self) -> None:
        """Return to the page before, as long as the ledger does not exist."""
        state = self.shown.state
        if state.busy or not state.can_go_back:
            return
        if state.step is Step.MANAGER and state.way is Way.CHAIN:
            self._turn_to(Step.CONFIRM)
            return
        if state.step is Step.CONFIRM:
            self._chain.network.run(self._chain.decline, done=_declined, failed=self._failed)
            state = replace(state, store="", store_name="", terminal_name="")
        self.shown.show(replace(_blank(state), step=Step.TERMINAL, can_go_back=False))

    def create(self, answers: Answers) -> None:
        """Found the ledger and create the manager; a second press while it works does nothing."""
        state = self.shown.state
        if state.busy:
            return
        problems = manager_problems(answers)
        if problems.any:
            self.shown.show(replace(state, problems=problems, problem=""))
            return
        self.shown.show(replace(_blank(state), busy=True))
        self._work.run(
            lambda: self._create(state, answers), done=self._created, failed=self._failed
        )

    def finish(self) -> None:
        """Open the till for the manager who was just created."""
        if self._manager is not None:
            self._founder.finished(self._manager)

    def _name_terminal(self, answers: Answers) -> None:
        problems = terminal_problems(answers)
        state = self.shown.state
        if problems.any:
            self.shown.show(replace(state, problems=problems))
            return
        names = (answers.store_name.strip(), answers.terminal_name.strip())
        named = replace(state, store_name=names[0], terminal_name=names[1])
        self.shown.show(replace(_blank(named), step=Step.MANAGER, can_go_back=True))

    def _ask_hq(self, answers: Answers) -> None:
        state = self.shown.state
        if state.busy:
            return
        problems = chain_problems(answers)
        if problems.any:
            self.shown.show(replace(state, problems=problems, problem=""))
            return
        address, code = address_of(answers.address), answers.code.strip()
        self.shown.show(replace(_blank(state), busy=True, address=address))
        self._chain.network.run(
            lambda: self._chain.ask(address, code), done=self._told, failed=self._failed
        )

    def _told(self, hq: Joined) -> None:
        state = replace(self.shown.state, step=Step.CONFIRM, busy=False, can_go_back=True)
        self.shown.show(
            replace(
                state,
                store=hq.store,
                store_name=hq.store_name,
                terminal_name=hq.terminal_name,
            )
        )

    def _turn_to(self, step: Step) -> None:
        self.shown.show(replace(_blank(self.shown.state), step=step))

    def _create(self, state: FirstStartState, answers: Answers) -> SignedIn:
        if self._ledger is None:
            self._ledger = self._found(state)
        number, name = answers.number.strip(), answers.name.strip()
        return operators.create_first_manager(self._ledger, number, name, answers.pin, self._intent)

    def _found(self, state: FirstStartState) -> Ledger:
        if state.store:
            return self._chain.found()
        return self._founder.found(state.store_name, state.terminal_name)

    def _created(self, manager: SignedIn) -> None:
        self._manager = manager
        who = f"{manager.name} · {manager.number}"
        self.shown.show(replace(self.shown.state, step=Step.READY, busy=False, manager=who))

    def _failed(self, fact: PosError) -> None:
        state = self.shown.state
        back = state.can_go_back and self._ledger is None
        told = replace(state, busy=False, problem=sentence(fact), can_go_back=back)
        self.shown.show(replace(told, attempt=state.attempt + 1))


def _blank(state: FirstStartState) -> FirstStartState:
    return replace(state, problems=NO_PROBLEMS, problem="")


def _declined(_nothing: None) -> None:
    """Nobody waits for it: what is asked next comes after it."""
