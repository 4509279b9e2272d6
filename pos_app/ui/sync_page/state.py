"""What the sync page shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.parts.state import Fact, TableRow


@dataclass(frozen=True, slots=True)
class Side:
    """One thing as this till has it and as HQ has it; `differs` where they are not the same."""

    label: str
    here: str
    at_hq: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """One line in full: what it is, who acts next and how, and both sides of it."""

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
    busy: bool = False
    problem: str = ""
