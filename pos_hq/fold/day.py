"""A business day in figures: what went in and out of each class of accounts, and what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pos_hq.fold.accounts import right_of, unit_class

FIGURES = ("count", "in", "out", "closing")
Cells = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of both sides; `difference` is what HQ has more than the terminal."""

    account: str
    unit: str
    figure: str
    terminal: int
    hq: int

    @property
    def difference(self) -> int:
        """Return what HQ has more than the terminal says."""
        return self.hq - self.terminal


def class_of(account: str) -> str:
    """Return the class of an account as the terminal names it: no member, no lot, no store."""
    right = right_of(account) if account.startswith(("avail:", "hold:", "debt:")) else None
    if right is not None and right.holder == "debt":
        return "debt:PTS"
    if right is not None:
        return "hq" if right.holder == "avail" else f"hold:{right.pocket}"
    head, *rest = account.split(":")
    if head == "loss":
        return "hq"
    if head == "tender":
        return f"tender:{rest[-1]}"
    return head


def figures_of(
    moves: Iterable[tuple[str, str, str, int]], totals: Iterable[tuple[str, str, int]]
) -> dict[tuple[str, str, str], int]:
    """Return the figures of a day's transfers, and what every class holds at its end."""
    cells: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for source, target, unit, amount in moves:
        kind = unit_class(unit)
        for account, figure in ((source, "out"), (target, "in")):
            cells[class_of(account), kind, figure] += amount
            cells[class_of(account), kind, "count"] += 1
    for account, unit, amount in totals:
        cells[class_of(account), unit_class(unit), "closing"] += int(amount)
    return dict(cells)


def told_figures(classes: Mapping[str, Any]) -> dict[tuple[str, str, str], int]:
    """Return the figures that a terminal wrote down. Raises TypeError or ValueError."""
    return {
        (str(account), str(unit), figure): int(said[figure])
        for account, units in classes.items()
        for unit, said in units.items()
        for figure in FIGURES
    }


def compared(terminal: Cells, hq: Cells) -> tuple[Cell, ...]:
    """Return every figure that either side has."""
    keys = sorted(key for key in {*terminal, *hq} if terminal.get(key) or hq.get(key))
    return tuple(Cell(*key, terminal.get(key, 0), hq.get(key, 0)) for key in keys)
