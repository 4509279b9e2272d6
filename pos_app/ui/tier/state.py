"""What the sheet about a tier shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.parts.state import Fact, TableRow


@dataclass(frozen=True, slots=True)
class TierShown:
    """The arithmetic in words; `rows` are what counts, each opened by its key where it has one.

    `warning` tells of a fall that is coming.
    """

    title: str
    why: str
    facts: tuple[Fact, ...]
    steps: tuple[Fact, ...]
    rows: tuple[TableRow, ...]
    note: str
    warning: str = ""
