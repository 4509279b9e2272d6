"""Rows and columns in one line of code each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Item = QWidget | QLayout | int | None
Shown = TypeVar("Shown", bound=QWidget)
Margins = tuple[int, int, int, int]


def row(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Lay out from left to right; a number is a space, None takes what is left."""
    layout = QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def column(*items: Item, gap: int = 4, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Lay out from top to bottom; a number is a space, None takes what is left."""
    layout = QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def in_lines(widgets: Sequence[Shown], room: int, gap: int = 6) -> list[list[Shown]]:
    """Return widgets in lines of so many pixels; one that is wider has a line of its own."""
    lines: list[list[Shown]] = []
    left = 0
    for widget in widgets:
        widget.ensurePolished()
        wide = widget.sizeHint().width() + gap
        if not lines or wide > left:
            lines.append([])
            left = room
        lines[-1].append(widget)
        left -= wide
    return lines


def _fill(layout: QBoxLayout, items: tuple[Item, ...], gap: int, margins: Margins) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def rule() -> QFrame:
    """Return a hairline between rows."""
    line = QFrame()
    line.setProperty("kind", "rule")
    line.setFixedHeight(1)
    return line


def upright_rule() -> QFrame:
    """Return a hairline between columns of the member card."""
    line = QFrame()
    line.setProperty("kind", "upright")
    line.setFixedWidth(1)
    return line


def held(layout: QLayout) -> QWidget:
    """Return a bare widget that holds a layout."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget
