"""What the radar page shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.parts.state import Fact, TableRow


@dataclass(frozen=True, slots=True)
class AlertDetail:
    """One alert in full; `closes` says whether a manager here may dismiss it.

    Event rows are (time, what, amount); the key of one that lies here is its place in the journal.
    """

    title: str
    subtitle: str
    meaning: str
    facts: tuple[Fact, ...]
    events: tuple[TableRow, ...]
    closes: bool
    opens_member: bool
    turn: int = 0


@dataclass(frozen=True, slots=True)
class RadarState:
    """Rows are (time, what, whom it is about, events, found by, state)."""

    rows: tuple[TableRow, ...] = ()
    empty: str = ""
    refused: str = ""
    detail: AlertDetail | None = None
    busy: bool = False
    problem: str = ""
    notice: str = ""
