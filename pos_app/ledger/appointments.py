"""Who works at this terminal: appointing them, letting them go, giving them a new PIN."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import EventId, IntentId, OperatorId, new_id
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.names import NameRefused, TextFault, clean_name
from pos_app.ledger.operator_doors import door_of, staff_number, subject_of
from pos_app.ledger.pin_choice import new_verifier
from pos_app.ledger.rights import Deed, OperatorUnknown, ensure_may
from pos_app.ledger.rules.access import Act, Role
from pos_app.ledger.store import journal, operator_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Event, Json, Kind
from pos_app.ledger.store.operator_rows import OperatorRow

_NUMBER = re.compile(r"\d{1,8}", re.ASCII)


@dataclass(eq=False)
class NumberMalformed(PosError):
    """A staff number is one to eight digits."""


@dataclass(eq=False)
class NumberTaken(PosError):
    """Another operator signs in with this number."""

    number: str


@dataclass(eq=False)
class LastManager(PosError):
    """Without this manager nobody could approve or appoint."""

    operator: OperatorId


@dataclass(eq=False)
class NotOneself(PosError):
    """Nobody ends or lowers their own appointment; another manager does."""

    operator: OperatorId


@dataclass(frozen=True, slots=True)
class NewOperator:
    """Someone who begins to work here. The PIN is typed by its owner; there is no default one."""

    number: str
    name: str
    role: Role
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Changed:
    """What an operator is called and may do from now on."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class OperatorCard:
    """An operator as a manager sees them in the list.

    `since` is when they came, came back or left; None where an older program appointed them.
    """

    id: OperatorId
    number: str
    name: str
    role: Role
    active: bool
    since: datetime | None
    locked_until: datetime | None


def add_operator(
    ledger: Ledger, new: NewOperator, *, by: OperatorId, intent: IntentId
) -> OperatorCard:
    """Appoint an operator. Managers only; repeating the call changes nothing.

    Raises NotAllowed, NumberTaken, NumberMalformed, NameRefused, PinWeak.
    """
    verifier = new_verifier(ledger, new.pin)
    with ledger.write() as book:
        event = book.event_of_intent(intent)
        if event is None:
            _ensure_manager(ledger, book, by, intent)
            event = book.append(appointment(book, new, verifier, by=by, intent=intent))
        return _card(ledger, book, appointed(book, event))


def set_active(
    ledger: Ledger, operator: OperatorId, *, active: bool, by: OperatorId, intent: IntentId
) -> OperatorCard:
    """Let an operator work here again, or no more, from the next act on. Managers only.

    Raises NotAllowed, OperatorUnknown, LastManager, NotOneself.
    """
    with ledger.write() as book:
        row = _known(book, operator)
        if not active and row.active:
            _ensure_dispensable(book, row, by)
        return _edit(ledger, book, _Edit(row, {"active": int(active)}, by, intent))


def change(
    ledger: Ledger, operator: OperatorId, wanted: Changed, *, by: OperatorId, intent: IntentId
) -> OperatorCard:
    """Give an operator another name or role. Managers only.

    Raises NotAllowed, OperatorUnknown, NameRefused, LastManager, NotOneself.
    """
    name = _required_name(wanted.name)
    with ledger.write() as book:
        row = _known(book, operator)
        if row.role is Role.MANAGER and wanted.role is not Role.MANAGER and row.active:
            _ensure_dispensable(book, row, by)
        renewed: dict[str, Json] = {"role": wanted.role.value}
        return _edit(ledger, book, _Edit(row, renewed, by, intent, {"name": name}))


def unlock(
    ledger: Ledger, operator: OperatorId, *, by: OperatorId, intent: IntentId
) -> OperatorCard:
    """End the lock of an operator's number. Managers only. Raises NotAllowed, OperatorUnknown."""
    with ledger.write() as book:
        row = _known(book, operator)
        freed: dict[str, Json] = {"unlocked": subject_of(ledger, row.number).hex}
        return _edit(ledger, book, _Edit(row, freed, by, intent))


def reset_pin(
    ledger: Ledger, operator: OperatorId, pin: str, *, by: OperatorId, intent: IntentId
) -> OperatorCard:
    """Give an operator the PIN they have just typed, and end a lock. Managers only.

    Raises NotAllowed, OperatorUnknown, PinWeak.
    """
    verifier = new_verifier(ledger, pin)
    with ledger.write() as book:
        row = _known(book, operator)
        renewed: dict[str, Json] = {"pin": 1, "unlocked": subject_of(ledger, row.number).hex}
        return _edit(ledger, book, _Edit(row, renewed, by, intent, {"verifier": verifier}))


def listed(ledger: Ledger) -> tuple[OperatorCard, ...]:
    """Return everyone who works or worked here, by number."""
    reader = ledger.read()
    return tuple(_card(ledger, reader, row) for row in operator_rows.all_operators(reader))


def appointment(
    book: Book, new: NewOperator, verifier: str, *, by: OperatorId | None, intent: IntentId | None
) -> Draft:
    """Return the event that appoints someone. Raises NumberMalformed, NumberTaken, NameRefused."""
    number, name = staff_number(new.number), _required_name(new.name)
    if not _NUMBER.fullmatch(number):
        raise NumberMalformed
    if operator_rows.operator_by_number(book, number) is not None:
        raise NumberTaken(number=number)
    who = new_id()
    body: dict[str, Json] = {"id": who.hex, "number": number, "role": new.role.value}
    private = {"name": name, "verifier": verifier}
    event = EventId(who)  # so that the appointment of an operator is found without a search
    return Draft(Kind.OPERATOR_NEW, body, operator=by, intent=intent, private=private, id=event)


def appointed(book: Book, event: Event) -> OperatorRow:
    """Return the operator whom an appointment made."""
    return _known(book, OperatorId(UUID(event.body["id"])))


@dataclass(frozen=True, slots=True)
class _Edit:
    row: OperatorRow
    body: Mapping[str, Json]
    by: OperatorId
    intent: IntentId
    private: Mapping[str, Json] | None = None


def _edit(ledger: Ledger, book: Book, edit: _Edit) -> OperatorCard:
    if book.event_of_intent(edit.intent) is None:
        _ensure_manager(ledger, book, edit.by, edit.intent)
        body: dict[str, Json] = {"id": edit.row.id.hex, **edit.body}
        draft = Draft(
            Kind.OPERATOR_EDIT,
            body,
            operator=edit.by,
            intent=edit.intent,
            of=EventId(edit.row.id),
            private=edit.private,
        )
        book.append(draft)
    return _card(ledger, book, _known(book, edit.row.id))


def _known(book: Book, operator: OperatorId) -> OperatorRow:
    row = operator_rows.operator_by_id(book, operator)
    if row is None:
        raise OperatorUnknown(operator=operator)
    return row


def _ensure_manager(ledger: Ledger, book: Book, by: OperatorId, intent: IntentId) -> None:
    ensure_may(book, Deed(Act.MANAGE_OPERATORS, by, intent), key=ledger.capability_key)


def _required_name(text: str) -> str:
    name = clean_name(text)
    if not name:
        raise NameRefused(reason=TextFault.EMPTY)
    return name


def _ensure_dispensable(book: Book, row: OperatorRow, by: OperatorId) -> None:
    """Refuse what would leave the store without a manager, or somebody does to themselves."""
    if row.role is Role.MANAGER:
        _ensure_another_manager(book, row)
    if row.id == by:
        raise NotOneself(operator=by)


def _ensure_another_manager(book: Book, row: OperatorRow) -> None:
    others = [
        other
        for other in operator_rows.all_operators(book)
        if other.active and other.role is Role.MANAGER and other.id != row.id
    ]
    if not others:
        raise LastManager(operator=row.id)


def _card(ledger: Ledger, reader: Statements, row: OperatorRow) -> OperatorCard:
    until = door_of(ledger, reader, row.number).until
    since = _since(reader, row.id)
    return OperatorCard(row.id, row.number, row.name, row.role, row.active, since, until)


def _since(reader: Statements, operator: OperatorId) -> datetime | None:
    appointment = journal.event_by_id(reader, EventId(operator))
    since, active = None if appointment is None else appointment.at, 1
    for edit in journal.events_about(reader, EventId(operator), Kind.OPERATOR_EDIT):
        if edit.body.get("active", active) != active:
            since, active = edit.at, edit.body["active"]
    return since
