"""What the journal page shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.parts.state import Fact, TableRow


@dataclass(frozen=True, slots=True)
class Explained:
    """One event in full; moves are (from, to, how much)."""

    seq: int
    title: str
    subtitle: str
    amount: str
    genuine: bool
    seal: str
    facts: tuple[Fact, ...]
    moves: tuple[TableRow, ...]
    chain: tuple[Fact, ...]
    has_slip: bool


@dataclass(frozen=True, slots=True)
class JournalState:
    """Rows are (time, kind, slip, member, operator, amount, points)."""

    rows: tuple[TableRow, ...] = ()
    day: str = ""
    day_words: str = ""
    newest_day: bool = True
    group: str = "all"
    member: str = ""
    more: bool = False
    busy: bool = False
    problem: str = ""
    explained: Explained | None = None
