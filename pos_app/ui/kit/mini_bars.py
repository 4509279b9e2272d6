"""A few bars: how much a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui.kit.theme import Theme

_LABEL = 20
_FIGURE = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """The label below, the value that gives the height, and its text."""

    label: str
    value: int
    text: str


class MiniBars(QWidget):
    """The last bar is now, and carries its figure."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = tuple(bars)
        said = ", ".join(f"{bar.label} {bar.text}" for bar in bars)
        self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((bar.value for bar in self._bars), default=0)
        room = self.height() - _LABEL - _FIGURE
        for place, bar in enumerate(self._bars):
            share = room * bar.value / most if most else 0
            self._draw(painter, place, bar, max(4.0, share))

    def _draw(self, painter: QPainter, place: int, bar: Bar, height: float) -> None:
        slot = self.width() / len(self._bars)
        width = min(slot * 0.5, 30.0)
        last = place == len(self._bars) - 1
        floor = self.height() - _LABEL
        box = QRectF(place * slot + (slot - width) / 2, floor - height, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("brand" if last else "brand_line"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(self._theme.colour("text3"))
        painter.setFont(self._theme.font(12, 500))
        below = QRectF(place * slot, floor + 2, slot, _LABEL - 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, bar.label)
        if last:
            self._draw_figure(painter, bar.text, box)

    def _draw_figure(self, painter: QPainter, text: str, box: QRectF) -> None:
        painter.setPen(self._theme.colour("text"))
        painter.setFont(self._theme.font(self._theme.density.caption, 700))
        width = painter.fontMetrics().horizontalAdvance(text) + 4
        left = min(box.center().x() - width / 2, self.width() - width)
        above = QRectF(left, box.top() - 20, width, 18)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, text)
