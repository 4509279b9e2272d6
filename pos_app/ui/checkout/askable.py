"""A part of the panel that says how its figure was made, by finger or by key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.layouts import column
from pos_app.ui.parts.state import Explained

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Askable(QWidget):
    """Wraps figures; a click leaves the focus where it is, Tab comes here."""

    why_wanted = Signal(object)

    def __init__(self, inside: QWidget | QLayout) -> None:
        super().__init__()
        self._why: tuple[Explained, ...] = ()
        self.setLayout(column(inside, gap=0))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(_("How the price was made"))

    def ask_for(self, why: tuple[Explained, ...], name: str) -> None:
        """Take what will be said, and what the figure is called."""
        self._why = why
        self.setAccessibleName(f"{name}: {self.toolTip()}")
        self.setEnabled(bool(why))

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.ask()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _KEYS:
            self.ask()
        else:
            super().keyPressEvent(event)

    def ask(self) -> None:
        """Say it, if there is anything to say."""
        if self._why:
            self.why_wanted.emit(self._why)
