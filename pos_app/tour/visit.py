"""What the scenes of a tour share: the program, its hands, and the figures it notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from pos_app.app import Program
from pos_app.demo.credentials import Credentials, Login
from pos_app.desk import Desk
from pos_app.embedded import EmbeddedHq
from pos_app.errors import PosError
from pos_app.ledger import counter, members
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.quote import Quote
from pos_app.money import Money
from pos_app.tour.guide import Guide
from pos_app.ui.counter.state import CounterState
from pos_app.ui.kit.work import Lane
from pos_app.ui.parts.link import SyncState
from pos_app.ui.shell.view import MainWindow

ENOUGH = Money(50_000)
_LONG_MS = 120_000

T = TypeVar("T")


@dataclass
class Visit:
    """One run of the tour through one program."""

    program: Program
    guide: Guide
    figures: dict[str, Any] = field(default_factory=dict)
    hq: EmbeddedHq | None = None

    @property
    def stage(self) -> QWidget:
        """The top-level window."""
        return self.program.stage

    @property
    def desk(self) -> Desk:
        """The screens behind the sign-in."""
        assert self.program.desk is not None, "the desk is there once the ledger is open"
        return self.program.desk

    @property
    def window(self) -> MainWindow:
        """The counter."""
        return self.desk.window

    @property
    def credentials(self) -> Credentials:
        """Who can sign in, and who can pay."""
        assert self.program.credentials is not None, "a tour runs on a demo store"
        return self.program.credentials

    @property
    def on_counter(self) -> bool:
        """Say whether the counter is what the window shows."""
        return self.program.stage.scene is self.window

    @property
    def counter_state(self) -> CounterState:
        """What the counter shows, as text."""
        return self.desk.shell.counter.shown.state

    @property
    def quote(self) -> Quote | None:
        """The price on the panel."""
        return self.desk.shell.checkout.quote

    @property
    def is_paid(self) -> bool:
        """Say whether the panel shows a payment that was taken."""
        return self.desk.shell.checkout.shown.state.finished is not None

    @property
    def link(self) -> SyncState | None:
        """How the link to HQ fares; None for a terminal that stands alone."""
        link = self.program.link
        return None if link is None else link.sync.shown.state

    @property
    def is_online(self) -> bool:
        """Say whether the badge is green, or there is no HQ at all."""
        return self.link is None or self.link.badge.tone == "ok"

    def at_ledger(self, task: Callable[[Ledger], T]) -> T:
        """Return what a task says of the open ledger, asked on its lane."""
        ledger = self.program.ledger
        return self._answer(self.program.lane, lambda: task(ledger))

    def aside(self, task: Callable[[], T]) -> T:
        """Return what a task says that has nothing to do with the window."""
        lane = Lane("aside")
        answer = self._answer(lane, task)
        lane.close()
        return answer

    def _answer(self, lane: Lane, task: Callable[[], T]) -> T:
        found: list[T] = []
        lane.run(task, done=found.append, failed=_lost)
        self.guide.until(lambda: bool(found), "an answer", _LONG_MS)
        return found[0]

    def note_sale(self, name: str) -> str:
        """Keep the panel's figures of the payment just taken; return its slip number."""
        done = self.desk.shell.checkout.shown.state.finished
        assert done is not None, "a payment was taken"
        facts = {fact.label: fact.value for fact in done.facts}
        self.figures[name] = {"slip": done.slip, "amount": done.amount, "facts": facts}
        return done.slip

    def payer(self) -> Login:
        """Return a member with a PIN and enough in the wallet, the best customer first."""
        logins = self.credentials.members
        return self.at_ledger(lambda ledger: _who_can_pay(ledger, logins))


def _who_can_pay(ledger: Ledger, logins: tuple[Login, ...]) -> Login:
    for login in logins:
        hit = members.find_exact(ledger, login.number)
        assert hit is not None, "the demo's own members are known"
        at_counter = counter.open_member(ledger, hit.id)
        if at_counter.balance >= ENOUGH and at_counter.status is Status.NORMAL:
            return login
    return logins[0]


def _lost(fact: PosError) -> None:
    raise fact
