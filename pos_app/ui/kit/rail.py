"""The rail on the left: from page to page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from pos_app.language import _
from pos_app.ui.kit.choices import Choices, Option
from pos_app.ui.kit.labels import Tone
from pos_app.ui.kit.layouts import column
from pos_app.ui.kit.theme import Theme, icon_size


class RailButton(QToolButton):
    """One page of the rail; a badge counts what waits there, a dot says how it fares."""

    def __init__(self, theme: Theme, option: Option) -> None:
        super().__init__()
        self._theme = theme
        self._option = option
        self._badge = ""
        self._tone = Tone.MUTE
        self.setText(option.text)
        self.setAccessibleName(option.text)
        self.setProperty("kind", "rail")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setIconSize(icon_size(24))
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def sizeHint(self) -> QSize:
        sizes = self._theme.density
        return QSize(sizes.rail - 16, sizes.nav)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_badge(self, text: str, tone: Tone, said: str) -> None:
        self._badge, self._tone = text, tone
        parts = (self._option.text, said or text)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if self._badge:
            self._draw_badge()
        elif self._tone is not Tone.MUTE:
            self._draw_dot()

    def _draw_badge(self) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(12, 700))
        width = max(20, painter.fontMetrics().horizontalAdvance(self._badge) + 10)
        box = QRectF(self.width() / 2 + 4, 5, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(f"{self._tone.value}_soft"))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(self._theme.colour(self._tone.value))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge)

    def _draw_dot(self) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        centre = QPointF(self.width() / 2 + 13, 14)
        for colour, radius in ((f"{self._tone.value}_soft", 7), (self._tone.value, 4)):
            painter.setBrush(self._theme.colour(colour))
            painter.drawEllipse(centre, radius, radius)

    def _follow_theme(self) -> None:
        colour = "rail_text"
        self.setIcon(self._theme.icon(self._option.icon, colour, size=24, checked="card_gold"))
        self.updateGeometry()


class _Mark(QWidget):
    """The mark of the house on top of the rail."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(46, 46)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("card_gold"))
        painter.drawRoundedRect(self.rect(), 14, 14)
        pixmap = self._theme.pixmap("gem", "on_gold", 24, self.devicePixelRatioF())
        painter.drawPixmap(11, 11, pixmap)


class Rail(QFrame):
    """Pages above, sync and settings below."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, upper: Sequence[Option], lower: Sequence[Option]) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "rail")
        self.setAccessibleName(_("Pages"))
        self._choices = Choices(self)
        self._choices.chosen.connect(self.chosen)
        self._buttons = {option.name: RailButton(theme, option) for option in (*upper, *lower)}
        for name, button in self._buttons.items():
            self._choices.add(name, button)
        tops = [self._buttons[option.name] for option in upper]
        feet = [self._buttons[option.name] for option in lower]
        mark = _Mark(theme)
        layout = column(mark, 6, *tops, None, *feet, gap=4, margins=(8, 14, 8, 10))
        layout.setAlignment(mark, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    @property
    def current(self) -> str:
        return self._choices.current

    def select(self, name: str) -> None:
        self._choices.select(name)

    def set_badge(self, name: str, text: str, tone: Tone = Tone.MUTE, said: str = "") -> None:
        """Show a count on a page's button, or a dot of its tone where there is none to show.

        `said` is for a screen reader; no text and no tone take it away.
        """
        self._buttons[name].set_badge(text, tone, said)

    def set_allowed(self, name: str, *, allowed: bool, reason: str = "") -> None:
        """Keep a page in its place but closed, with the reason."""
        self._buttons[name].setEnabled(allowed)
        self._buttons[name].setToolTip(reason)

    def _follow_theme(self) -> None:
        self.setFixedWidth(self._theme.density.rail)
