"""Words on the screen: plain labels, pills, key caps, icons."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos_app.ui.kit.theme import Theme


class Role(StrEnum):
    """What a label is for; the style sheet gives each its size, weight and colour."""

    BODY = "body"
    BOLD = "bold"
    MUTED = "muted"
    FAINT = "faint"
    H1 = "h1"
    H2 = "h2"
    NAME = "name"
    STAT = "stat"
    MONEY = "money"
    MINUS = "minus"
    DUE = "due"
    FIGURE = "figure"
    DANGER = "danger"
    WARN = "warn"
    CARD = "card"
    CARD_CAPTION = "card_caption"


class Tone(StrEnum):
    """How a pill, banner or toast speaks."""

    OK = "ok"
    WARN = "warn"
    INFO = "info"
    DANGER = "danger"
    MUTE = "mute"
    GOLD = "gold"
    TIER = "tier"
    CHIP = "chip"
    CHIP_WARN = "chip_warn"


TONE_ICONS = {
    Tone.OK: "circle-check",
    Tone.WARN: "triangle-alert",
    Tone.INFO: "info",
    Tone.DANGER: "circle-alert",
}


def label(
    text: str = "",
    role: Role = Role.BODY,
    *,
    align: Qt.AlignmentFlag | None = None,
    wrap: bool = False,
) -> QLabel:
    """Return a label of plain text; markup in a name stays visible as it is."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role.value)
    made.setWordWrap(wrap)
    if align is not None:
        upright = align & Qt.AlignmentFlag.AlignVertical_Mask
        made.setAlignment(align if upright else align | Qt.AlignmentFlag.AlignVCenter)
    return made


def set_role(made: QLabel, role: Role) -> None:
    """Give a label another role, at the cost of a new polish only when it differs."""
    if made.property("role") != role.value:
        made.setProperty("role", role.value)
        repolish(made)


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def set_shown(widget: QWidget, *, shown: bool) -> None:
    """Show or hide a part; without a parent yet, it is left to appear together with one.

    Shown alone it would open a window of its own.
    """
    if shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
        return
    widget.setVisible(shown)


class Pill(QLabel):
    """A short fact on a tinted ground."""

    def __init__(self, text: str = "", tone: Tone = Tone.MUTE) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone.value)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Show another fact; an empty one hides the pill."""
        self.setText(text)
        set_shown(self, shown=bool(text))
        if tone is not None and self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            repolish(self)


class Kbd(QLabel):
    """The name of a key, drawn as its cap."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Elided(QLabel):
    """A label that gives way in a narrow row and ends in an ellipsis."""

    def __init__(self, text: str = "", role: Role = Role.BODY) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent, /) -> None:
        room = self.contentsRect()
        if self.fontMetrics().horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment(), shown)


class Icon(QWidget):
    """A line icon in a token's colour; it follows the theme by itself."""

    def __init__(self, theme: Theme, name: str, colour: str = "text2", size: int = 20) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._colour = colour
        self._size = size
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, colour: str) -> None:
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        ratio = self.devicePixelRatioF()
        pixmap = self._theme.pixmap(self._name, self._colour, self._size, ratio)
        QPainter(self).drawPixmap(0, 0, pixmap)


class IconTile(QWidget):
    """An icon on a rounded, tinted tile, for the head of a sheet or a page."""

    def __init__(self, theme: Theme, name: str, tone: str = "brand", size: int = 52) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._tone = tone
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(f"{self._tone}_soft"))
        painter.drawRoundedRect(self.rect(), 16, 16)
        side = self.width() * 28 // 52
        pixmap = self._theme.pixmap(self._name, self._tone, side, self.devicePixelRatioF())
        inset = (self.width() - side) // 2
        painter.drawPixmap(inset, inset, pixmap)
