"""What the operators page shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.ui.parts.state import TableRow


class Deed(StrEnum):
    """What a manager can do about an operator."""

    ADD = "add"
    EDIT = "edit"
    PIN = "pin"
    UNLOCK = "unlock"
    LEAVE = "leave"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class DeedButton:
    """One thing to do; a `reason` says why not now."""

    deed: Deed
    text: str
    icon: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in the fields of the sheet."""

    number: str = ""
    name: str = field(default="", repr=False)
    role: str = "cashier"
    pin: str = field(default="", repr=False)
    pin_again: str = field(default="", repr=False)
    own_pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Problems:
    """What is wrong with each field; empty where nothing is."""

    number: str = ""
    name: str = ""
    pin: str = ""
    pin_again: str = ""

    @property
    def any(self) -> bool:
        """Say whether something is wrong."""
        return any((self.number, self.name, self.pin, self.pin_again))


NO_PROBLEMS = Problems()


@dataclass(frozen=True, slots=True)
class DeedSheet:
    """The open sheet.

    `round` rises when its fields are to be emptied, `attempt` when only the manager's PIN is.
    A `role_reason` says why the role stays as it is.
    """

    deed: Deed
    title: str
    words: str
    verb: str
    confirmed_by: str = ""
    who: str = ""
    danger: bool = False
    name: str = ""
    role: str = "cashier"
    role_reason: str = ""
    problems: Problems = NO_PROBLEMS
    problem: str = ""
    busy: bool = False
    round: int = 0
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class OperatorsState:
    """Rows are (number, name, role, standing, since); `refused` says who may see them instead."""

    rows: tuple[TableRow, ...] = ()
    picked: str = ""
    deeds: tuple[DeedButton, ...] = ()
    note: str = ""
    sheet: DeedSheet | None = None
    refused: str = ""
    problem: str = ""
    notice: str = ""
