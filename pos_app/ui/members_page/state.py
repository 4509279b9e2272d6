"""What the members page shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.parts.state import TableRow


@dataclass(frozen=True, slots=True)
class MembersState:
    """Rows are (name, phone, number, tier, standing, last visit)."""

    text: str = ""
    rows: tuple[TableRow, ...] = ()
    heading: str = ""
    empty: str = ""
    can_register: bool = False
    busy: bool = False
    problem: str = ""
