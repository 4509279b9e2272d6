"""Small values of which several screens' states are made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value; `tone` colours the value: ok, warn, danger, brand, strong or nothing."""

    label: str
    value: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """Something that was found out: its name, its rule, what it rests on, and when."""

    title: str
    rule: str
    facts: tuple[Fact, ...]
    found: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table; `key` comes back when it is chosen, `tone` colours it whole."""

    key: str
    cells: tuple[str, ...]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways; a `reason` says why it cannot be taken now."""

    name: str
    text: str
    icon: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done: heading, sum, and what is different now."""

    title: str
    amount: str
    slip: str
    facts: tuple[Fact, ...]
