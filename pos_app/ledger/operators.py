"""Letting operators in: the same answer, at the same pace, for numbers that nobody has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.errors import PosError
from pos_app.ids import IntentId, OperatorId
from pos_app.ledger.appointments import NewOperator, appointed, appointment
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operator_doors import door_of, staff_number, subject_of
from pos_app.ledger.pin_choice import new_verifier, pin_rules
from pos_app.ledger.rules.access import Role
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Kind
from pos_app.ledger.store.operator_rows import OperatorRow, all_operators, operator_by_number
from pos_app.security.pin import decoy_verifier, pin_matches


@dataclass(eq=False)
class SignInRefused(PosError):
    """Number and PIN do not belong together; which of the two is wrong is not said."""

    attempts_left: int


@dataclass(eq=False)
class OperatorLocked(PosError):
    """The number was tried too often. A manager can open it before `until`."""

    until: datetime


@dataclass(eq=False)
class ManagerExists(PosError):
    """There has been a first manager already; everybody else is appointed by one."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who works at the terminal now."""

    id: OperatorId
    number: str
    name: str
    role: Role


def needs_first_manager(ledger: Ledger) -> bool:
    """Say whether the terminal still waits for its first manager."""
    return not all_operators(ledger.read())


def create_first_manager(
    ledger: Ledger, number: str, name: str, pin: str, intent: IntentId | None = None
) -> SignedIn:
    """Appoint the first manager, once in the life of a ledger. With an intent a retry is harmless.

    Raises ManagerExists, NumberMalformed, NameRefused, PinWeak.
    """
    new = NewOperator(number, name, Role.MANAGER, pin)
    verifier = new_verifier(ledger, pin)
    with ledger.write() as book:
        event = None if intent is None else book.event_of_intent(intent)
        if event is None:
            if all_operators(book):
                raise ManagerExists
            event = book.append(appointment(book, new, verifier, by=None, intent=intent))
        return _signed_in(appointed(book, event))


def sign_in(ledger: Ledger, number: str, pin: str) -> SignedIn:
    """Let an operator in. Raises SignInRefused, OperatorLocked."""
    row = checked(ledger, number, pin)
    with ledger.write() as book:
        subject = subject_of(ledger, row.number).hex
        book.append(Draft(Kind.SIGN_IN, {"subject": subject}, operator=row.id))
    return _signed_in(row)


def checked(ledger: Ledger, number: str, pin: str) -> OperatorRow:
    """Return the operator of this number and PIN.

    A wrong try is committed before it is answered, so that the count survives a restart.
    Raises SignInRefused, OperatorLocked.
    """
    number = staff_number(number)
    _ensure_open(ledger, ledger.read(), number)
    row = operator_by_number(ledger.read(), number)
    known = row if row is not None and row.active and row.verifier else None
    verifier = decoy_verifier(pin_rules(ledger.programme)) if known is None else known.verifier
    if pin_matches(verifier, pin, ledger.pepper) and known is not None:
        return known
    raise _failed(ledger, number, row)


def _failed(ledger: Ledger, number: str, row: OperatorRow | None) -> PosError:
    about = {} if row is None else {"about": row.id.hex}
    with ledger.write() as book:
        _ensure_open(ledger, book, number)
        book.append(Draft(Kind.SIGN_IN_FAIL, {"subject": subject_of(ledger, number).hex, **about}))
        door = door_of(ledger, book, number)
    if door.until is not None:
        return OperatorLocked(until=door.until)
    return SignInRefused(attempts_left=door.attempts_left)


def _ensure_open(ledger: Ledger, reader: Statements, number: str) -> None:
    door = door_of(ledger, reader, number)
    if door.until is not None:
        raise OperatorLocked(until=door.until)


def _signed_in(row: OperatorRow) -> SignedIn:
    return SignedIn(row.id, row.number, row.name, row.role)
