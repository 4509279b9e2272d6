"""Operators, and what can be done about them, in words."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from pos_app.language import _
from pos_app.ledger.appointments import OperatorCard
from pos_app.ledger.rules.access import Role
from pos_app.ui.formats import clock_time
from pos_app.ui.operators_page.state import Deed, DeedButton, DeedSheet
from pos_app.ui.parts.state import TableRow


def role_name(role: Role) -> str:
    """Return what the operator is at this store."""
    return {Role.CASHIER: _("Cashier"), Role.MANAGER: _("Manager")}[role]


def table_row(card: OperatorCard, zone: ZoneInfo, *, is_you: bool) -> TableRow:
    """Return one line of the list."""
    since = "" if card.since is None else f"{card.since.astimezone(zone):%Y-%m-%d}"
    standing = _standing(card, zone, is_you=is_you)
    cells = (card.number, card.name, role_name(card.role), standing, since)
    return TableRow(str(card.id), cells)


def refused() -> str:
    """Say to a cashier why the page is shut, and what opens it."""
    return _(
        "Only a manager sees and changes who works here. Lock the till (Ctrl+L) to let one in."
    )


def buttons(card: OperatorCard | None, bound: str) -> tuple[DeedButton, ...]:
    """Return the deeds of this moment; they keep their places, a shut one says why.

    `bound` says why this operator cannot leave, or that nobody was chosen.
    """
    nobody = bound if card is None else ""
    locked = card is not None and card.locked_until is not None
    unlocked = "" if locked else _("This number is not locked.")
    gone = card is not None and not card.active
    leave = (
        DeedButton(Deed.BACK, _("Take back"), "undo-2")
        if gone
        else DeedButton(Deed.LEAVE, _("Let go"), "ban", bound)
    )
    return (
        DeedButton(Deed.EDIT, _("Name and role"), "pencil", nobody),
        DeedButton(Deed.PIN, _("New PIN"), "key-round", nobody),
        DeedButton(Deed.UNLOCK, _("Unlock"), "lock-open", nobody or unlocked),
        leave,
    )


def sheet(deed: Deed, card: OperatorCard | None, bound: str) -> DeedSheet:
    """Return the sheet of a deed, ready to be filled in."""
    title, words, verb = _texts()[deed]
    empty = DeedSheet(deed, title, words, verb, danger=deed is Deed.LEAVE)
    if card is None:
        return empty
    return replace(
        empty,
        who=f"{card.name} · {card.number}",
        name=card.name,
        role=card.role.value,
        role_reason=bound,
    )


def _standing(card: OperatorCard, zone: ZoneInfo, *, is_you: bool) -> str:
    if not card.active:
        return _("Left")
    if card.locked_until is not None:
        return _("Locked until {time}").format(time=clock_time(card.locked_until, zone=zone))
    return _("You, at this till") if is_you else _("Works here")


def _texts() -> dict[Deed, tuple[str, str, str]]:
    return {
        Deed.ADD: (
            _("New operator"),
            _("A cashier sells and registers. A manager also approves, refunds and appoints."),
            _("Add"),
        ),
        Deed.EDIT: (
            _("Name and role"),
            _("The staff number stays. A slip that is printed again bears the new name."),
            _("Save"),
        ),
        Deed.PIN: (
            _("New PIN"),
            _("The operator types the new PIN twice. The old one ends at once."),
            _("Keep this PIN"),
        ),
        Deed.UNLOCK: (
            _("Unlock"),
            _("The number was tried too often. After this it can sign in again at once."),
            _("Unlock"),
        ),
        Deed.LEAVE: (
            _("Let go"),
            _("From now on this number signs in no more. What it did stays in the book."),
            _("Let go"),
        ),
        Deed.BACK: (
            _("Take back"),
            _("The number signs in again, with the PIN that it had."),
            _("Take back"),
        ),
    }
