"""What the sync page shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.parts.state import Choice, Fact, TableRow


@dataclass(frozen=True, slots=True)
class Side:
    """One thing as this till has it and as HQ has it; `differs` where they are not the same."""

    label: str
    here: str
    at_hq: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """One line in full: what it is, who acts next and how, both sides, what may be decided."""

    title: str
    subtitle: str
    amount: str
    tone: str
    icon: str
    meaning: str
    owner: str
    step: str
    facts: tuple[Fact, ...]
    sides: tuple[Side, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class DecideSheet:
    """The open sheet of a decision; `confirmed_by` is the manager at the till, else one is asked.

    `round` rises when its fields are to be emptied, `attempt` when only the PIN is.
    """

    title: str
    words: str
    who: str
    asked: str
    verb: str
    confirmed_by: str = ""
    problem: str = ""
    busy: bool = False
    round: int = 0
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The link in the words of its badge, and where it is broken."""

    text: str = ""
    icon: str = "wifi"
    tone: str = "mute"
    cause: str = ""
    busy: bool = False


@dataclass(frozen=True, slots=True)
class SyncPageState:
    """Rows are (time, kind, member, amount, status, attempts, reason)."""

    head: Head = Head()
    rows: tuple[TableRow, ...] = ()
    group: str = "all"
    empty: str = ""
    more: str = ""
    detail: Detail | None = None
    sheet: DecideSheet | None = None
    busy: bool = False
    problem: str = ""
    notice: str = ""
