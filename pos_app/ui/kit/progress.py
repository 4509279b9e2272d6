"""How far something is: steps of a procedure, a line that fills."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.language import _
from pos_app.ui.kit.theme import Theme

_DOT = 28
_FULL = 10_000


class Steps(QWidget):
    """Numbered steps in a row: done ones ticked, the current one filled."""

    def __init__(self, theme: Theme, titles: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._titles = tuple(titles)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.go_to(0)

    def go_to(self, step: int) -> None:
        """Show a step as the current one; past the last, all are done."""
        self._step = step
        title = self._titles[min(step, len(self._titles) - 1)]
        said = _("Step {step} of {count}: {title}")
        shown = min(step + 1, len(self._titles))
        self.setAccessibleName(said.format(step=shown, count=len(self._titles), title=title))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(len(self._titles) * 110, _DOT + 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(len(self._titles) * 72, _DOT + 30)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        slot = self.width() / len(self._titles)
        for step in range(len(self._titles)):
            middle = QPointF((step + 0.5) * slot, _DOT / 2 + 1)
            if step:
                self._draw_line(painter, middle, slot, step)
            self._draw_dot(painter, middle, step)
            self._draw_title(painter, QRectF(step * slot, _DOT + 6, slot, 22), step)

    def _draw_line(self, painter: QPainter, middle: QPointF, slot: float, step: int) -> None:
        colour = "brand" if step <= self._step else "line"
        painter.setPen(QPen(self._theme.colour(colour), 2))
        start = QPointF(middle.x() - slot + _DOT / 2 + 6, middle.y())
        painter.drawLine(start, QPointF(middle.x() - _DOT / 2 - 6, middle.y()))

    def _draw_dot(self, painter: QPainter, middle: QPointF, step: int) -> None:
        reached = step <= self._step
        painter.setPen(QPen(self._theme.colour("brand" if reached else "line2"), 1.5))
        painter.setBrush(self._theme.colour("brand" if reached else "surface"))
        painter.drawEllipse(middle, _DOT / 2 - 1, _DOT / 2 - 1)
        if step < self._step:
            tick = self._theme.pixmap("check", "on_brand", 16, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(middle.x() - 8, middle.y() - 8), tick)
            return
        painter.setPen(self._theme.colour("on_brand" if reached else "text2"))
        painter.setFont(self._theme.font(13, 700))
        box = QRectF(middle.x() - _DOT / 2, middle.y() - _DOT / 2, _DOT, _DOT)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(step + 1))

    def _draw_title(self, painter: QPainter, box: QRectF, step: int) -> None:
        current = step == self._step
        painter.setFont(self._theme.font(self._theme.density.caption, 600 if current else 500))
        painter.setPen(self._theme.colour("text" if current else "text2"))
        title = painter.fontMetrics().elidedText(
            self._titles[step], Qt.TextElideMode.ElideRight, int(box.width()) - 4
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, title)


class ProgressLine(QWidget):
    """A thin line that fills, in basis points; it keeps its round ends near nothing."""

    def __init__(self, theme: Theme, name: str, *, on_card: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._on_card = on_card
        self._share = 0
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_share(0)

    def show_share(self, basis_points: int) -> None:
        self._share = max(0, min(_FULL, basis_points))
        self.setAccessibleName(f"{self._name}: {self._share // 100} %")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self._draw(
            painter, self.width(), self._theme.colour("card_track" if self._on_card else "line")
        )
        if self._share:
            width = max(6.0, self.width() * self._share / _FULL)
            self._draw(
                painter, width, self._theme.colour("card_gold" if self._on_card else "brand")
            )

    def _draw(self, painter: QPainter, width: float, colour: QColor) -> None:
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(0, 0, width, 6), 3, 3)
