"""The amount box of the panel: what it does not take, it reports."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from pos_app.language import _
from pos_app.ui.kit.amount_box import AmountBox
from pos_app.ui.kit.theme import Theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AmountField(AmountBox):
    """Letters go on to the look-up, refused keys and pasted texts to the presenter."""

    refused = Signal(str)
    pasted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Amount"))
        self._theme_ = theme
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        key = event.text()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Escape or key.isalpha() or key == "?":
            event.ignore()
        elif key.isprintable() and key and key != "+":
            before = self.text()
            super().keyPressEvent(event)
            if self.text() == before:
                self.refused.emit(key)
        else:
            super().keyPressEvent(event)
            if event.key() in ENTER:
                # A line edit passes Enter on, and the window would take the next step as well.
                event.accept()

    def put(self, key: str) -> None:
        """Type a key of the keypad."""
        before = self.text()
        super().put(key)
        if self.text() == before:
            self.refused.emit(key[-1:])

    def _follow_theme(self) -> None:
        self.setFixedHeight(self._theme_.density.amount_box)
