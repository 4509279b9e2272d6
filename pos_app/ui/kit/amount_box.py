"""The amount of the order: one real line edit with its caption, its key and big figures."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRegularExpression, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy

from pos_app.money import NotAnAmount, parse_money
from pos_app.ui.formats import entry
from pos_app.ui.kit.labels import Elided, Kbd, Role, set_shown
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme

_ACCEPTED = QRegularExpression(r"\d{0,6}(\.\d{0,2})?")
_CAPTION_WIDTH = 104
_PADDING = 16


class AmountBox(QLineEdit):
    """Takes digits and one point; `+` is reported, never typed."""

    edited = Signal(str)
    accumulated = Signal()

    def __init__(self, theme: Theme, caption: str, hint: str = "F2") -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "amount")
        self.setAccessibleName(caption)
        self.setPlaceholderText("0.00")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        # An input method would swallow scanned letters and open a touch keyboard.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setValidator(QRegularExpressionValidator(_ACCEPTED, self))
        self.setTextMargins(_CAPTION_WIDTH, 0, 0, 0)
        self._dress(caption, hint)
        self.textEdited.connect(self.edited)

    def show_amount(self, text: str) -> None:
        """Show what the presenter knows; the cursor stays where it is when nothing changed."""
        if text != self.text():
            self.setText(text)

    def show_tally(self, text: str) -> None:
        """Show what has been accumulated so far, in place of the key hint."""
        self._tally.setText(text)
        set_shown(self._tally, shown=bool(text))
        set_shown(self._hint, shown=not text)

    def put(self, key: str) -> None:
        """Type a key of the keypad: a digit, `00` or the point."""
        before = self.text()
        self.insert(self._opening(key))
        if self.text() == before:
            for character in key[1:]:  # no room for all of it
                self.insert(character)

    def erase(self) -> None:
        """Take the last figure away."""
        self.backspace()

    def wipe(self) -> None:
        """Take all figures away."""
        before = self.text()
        self.clear()
        self._report(before)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.text() == "+":
            self.accumulated.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.wipe()
        elif event.text() == ".":
            self.put(".")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        figures = self.fontMetrics().horizontalAdvance(self.displayText() or self.placeholderText())
        painter.setFont(self._theme.font(self._theme.density.amount * 6 // 10, 600))
        painter.setPen(self._theme.colour("text3"))
        sign = painter.fontMetrics().horizontalAdvance("\u00a5")
        height = self.fontMetrics().capHeight()
        left = self.width() - _PADDING - 2 - figures - 8 - sign
        painter.drawText(QPointF(left, (self.height() + height) / 2 - height * 0.12), "\u00a5")

    def _dress(self, caption: str, hint: str) -> None:
        self._hint = Kbd(hint)
        self._tally = Elided("", Role.FAINT)
        self._tally.setMaximumWidth(_CAPTION_WIDTH)
        self._tally.hide()
        words = column(None, Elided(caption, Role.MUTED), row(self._hint, None), self._tally, None)
        self.setLayout(row(words, None, margins=(_PADDING, 4, 0, 4)))

    def _opening(self, character: str) -> str:
        fresh = not self.text() or self.selectedText() == self.text()
        return "0." if character == "." and fresh else character

    def _paste(self) -> None:
        try:
            pasted = parse_money(QApplication.clipboard().text())
        except NotAnAmount:
            return
        before = self.text()
        self.setText(entry(pasted))
        self._report(before)

    def _report(self, before: str) -> None:
        if self.text() != before:
            self.edited.emit(self.text())
