"""A small field for a sum: what was handed over, what one of two tenders pays."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit

_ACCEPTED = QRegularExpression(r"\d{0,6}(\.\d{0,2})?")


ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MoneyEdit(QLineEdit):
    """Digits and one point; Esc and letters belong to the window."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setValidator(QRegularExpressionValidator(_ACCEPTED, self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)

    def show_amount(self, text: str) -> None:
        if text != self.text():
            self.setText(text)

    def put(self, key: str) -> None:
        """Type a key of the keypad."""
        for character in key:
            self.insert(character)
        self.textEdited.emit(self.text())

    def erase(self) -> None:
        self.backspace()
        self.textEdited.emit(self.text())

    def wipe(self) -> None:
        self.clear()
        self.textEdited.emit("")

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape or event.text().isalpha():
            event.ignore()
        else:
            super().keyPressEvent(event)
            if event.key() in ENTER:
                # A line edit passes Enter on, and the window would take the next step as well.
                event.accept()
