"""Lets an operator in, and keeps everybody else out while the till is locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.errors import PosError
from pos_app.language import _
from pos_app.ledger import operators
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Role
from pos_app.ui.scan_routes import ScanKind, route
from pos_app.ui.shown import Shown
from pos_app.ui.sign_in.state import SignInState
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

_PIN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Till:
    """Where this is, what the operator should know before starting, and who to tell."""

    store: str
    terminal: str
    signed_in: Callable[[SignedIn], None]
    notices: tuple[str, ...] = ()


class SignInPresenter:
    """Signs in by number and PIN; when locked, only the same operator or a manager comes in."""

    def __init__(self, ledger: Ledger, work: Work, till: Till) -> None:
        self._ledger = ledger
        self._work = work
        self._till = till
        self._locked: SignedIn | None = None
        self.shown = Shown(self._fresh())

    def open(self) -> None:
        """Ask who works here."""
        self._locked = None
        self.shown.show(replace(self._fresh(), attempt=self.shown.state.attempt + 1))

    def lock(self, operator: SignedIn) -> None:
        """Cover the till; the open order stays as it is."""
        self._locked = operator
        who = f"{operator.name} · {operator.number}"
        self.shown.show(
            SignInState(
                store=self._till.store,
                terminal=self._till.terminal,
                heading=_("Locked by {who}").format(who=who),
                note=_("The open order is kept. {name} or a manager can go on.").format(
                    name=operator.name
                ),
                number=operator.number,
                locked=True,
                attempt=self.shown.state.attempt + 1,
            )
        )

    def scanned(self, code: str) -> bool:
        """Take the number from a staff badge; say whether the scan was one."""
        scan = route(code)
        if scan.kind is not ScanKind.BADGE:
            return False
        number = scan.payload
        state = self.shown.state
        self.shown.show(replace(state, number=number, problem="", attempt=state.attempt + 1))
        return True

    def submit(self, number: str, pin: str) -> None:
        """Check number and PIN; a second press while it works does nothing."""
        state = self.shown.state
        if state.busy:
            return
        number = number.strip()
        problem = _missing(number, pin)
        if problem:
            self.shown.show(replace(state, number=number, problem=problem))
            return
        self.shown.show(replace(state, number=number, busy=True, problem=""))
        self._work.run(
            lambda: operators.sign_in(self._ledger, number=number, pin=pin),
            done=self._signed_in,
            failed=self._failed,
        )

    def _signed_in(self, operator: SignedIn) -> None:
        owner = self._locked
        if owner is not None and operator.id != owner.id and operator.role is not Role.MANAGER:
            words = _("{who} works here. Only {name} or a manager can open this till.")
            who = f"{owner.name} · {owner.number}"
            self._refuse(words.format(who=who, name=owner.name), shut=False)
            return
        self._locked = None
        self.shown.show(replace(self._fresh(), attempt=self.shown.state.attempt + 1))
        self._till.signed_in(operator)

    def _failed(self, fact: PosError) -> None:
        self._refuse(sentence(fact), shut=isinstance(fact, operators.OperatorLocked))

    def _refuse(self, problem: str, *, shut: bool) -> None:
        state = self.shown.state
        attempt = state.attempt + 1
        self.shown.show(replace(state, busy=False, problem=problem, shut=shut, attempt=attempt))

    def _fresh(self) -> SignInState:
        return SignInState(
            store=self._till.store,
            terminal=self._till.terminal,
            heading=_("Who works here?"),
            note=_("Type your staff number and PIN, or scan your badge."),
            notices=self._till.notices,
        )


def _missing(number: str, pin: str) -> str:
    if not number:
        return _("Type your staff number first.")
    if len(pin) != _PIN_DIGITS:
        return _("The PIN has six digits.")
    return ""
