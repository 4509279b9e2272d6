"""The six boxes of a code: one real line edit, the boxes only painted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy

from pos_app.language import _
from pos_app.ui.kit.theme import Theme

_GAP = 10
_HEIGHT = 68
_FIGURES = QRegularExpression(r"\d*")


class OtpEdit(QLineEdit):
    """Paste, scanner and screen reader work as in any line edit; the last figure completes it."""

    completed = Signal(str)

    def __init__(self, theme: Theme, figures: int = 6, *, secret: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._figures = figures
        self._wrong = False
        self.setProperty("kind", "otp")
        self.setMaxLength(figures)
        self.setValidator(QRegularExpressionValidator(_FIGURES, self))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.set_secret(secret=secret)
        self.textEdited.connect(self._edited)
        self.textChanged.connect(self._changed)

    @property
    def wrong(self) -> bool:
        return self._wrong

    def set_secret(self, *, secret: bool) -> None:
        """Show dots instead of figures, on the screen and to a screen reader."""
        self._secret = secret
        echo = QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal
        self.setEchoMode(echo)
        # setEchoMode turns the input method on again.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        name = _("PIN, {count} figures") if secret else _("Code, {count} figures")
        self.setAccessibleName(name.format(count=self._figures))

    def refuse(self) -> None:
        """Empty the boxes and paint them red until the next figure."""
        self.clear()
        self._wrong = True
        self.update()

    def reset(self) -> None:
        self.clear()
        self._wrong = False
        self.update()

    def put(self, key: str) -> None:
        """Type a figure of a keypad."""
        self.insert(key)

    def sizeHint(self) -> QSize:
        return QSize(self._figures * (64 + _GAP), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._figures * (44 + _GAP), _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            pasted = QApplication.clipboard().text()
            self.setText("".join(filter(str.isdecimal, pasted))[: self._figures])
            self._edited()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - _GAP * (self._figures - 1)) / self._figures
        for place in range(self._figures):
            box = QRectF(place * (width + _GAP), 0, width, self.height())
            self._draw_box(painter, box.adjusted(1.5, 1.5, -1.5, -1.5), place)

    def _edited(self, _text: str = "") -> None:
        self._wrong = False
        if len(self.text()) == self._figures:
            self.completed.emit(self.text())

    def _changed(self) -> None:
        self.update()

    def _draw_box(self, painter: QPainter, box: QRectF, place: int) -> None:
        typed = len(self.text())
        current = place == typed and self.hasFocus()
        filled = place < typed
        colour = "brand" if current else "line2" if filled else "line"
        painter.setPen(
            QPen(self._theme.colour("danger" if self._wrong else colour), 2.5 if current else 1.5)
        )
        painter.setBrush(self._theme.colour("surface" if current or filled else "sunken"))
        painter.drawRoundedRect(box, 14, 14)
        if filled:
            self._draw_figure(painter, box, place)
        elif current:
            painter.setPen(QPen(self._theme.colour("brand"), 2))
            middle = box.center().x()
            painter.drawLine(QPointF(middle, box.top() + 19), QPointF(middle, box.bottom() - 19))

    def _draw_figure(self, painter: QPainter, box: QRectF, place: int) -> None:
        colour = self._theme.colour("text")
        if self._secret:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(box.center(), 7, 7)
            return
        painter.setPen(colour)
        painter.setFont(self._theme.font(30, 700))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text()[place])
