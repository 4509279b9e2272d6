"""A top-up as a ticket: the sum on the stub, what comes on top beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pos_app.ui.kit.theme import Theme
from pos_app.ui.top_up.state import Preset

_NOTCH = 7
_RADIUS = 14
_LONG_FIGURE = 5
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TopUpTicket(QAbstractButton):
    """A real checkable button, lower than a coupon; a screen reader meets a check box."""

    def __init__(self, theme: Theme, preset: Preset, key: str) -> None:
        super().__init__()
        self._theme = theme
        self._preset = preset
        self._key = key
        self.setCheckable(True)
        self.setEnabled(not preset.reason)
        self.setToolTip(preset.reason)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = (preset.figure, preset.title, preset.total, preset.reason, key)
        self.setAccessibleName(", ".join(filter(None, said)))
        self.setShortcut(key)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        sizes = self._theme.density
        return QSize(sizes.coupon_width, sizes.coupon * 3 // 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(176, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        cut = paper.left() + round(paper.width() * 0.42)
        self._draw_paper(painter, paper, cut)
        stub = QRectF(paper.left(), paper.top(), cut - paper.left(), paper.height())
        self._draw_sum(painter, stub)
        room = QRectF(cut + 12, paper.top(), paper.right() - cut - 18, paper.height())
        self._draw_words(painter, room)

    def _draw_paper(self, painter: QPainter, paper: QRectF, cut: float) -> None:
        on, shape = self.isChecked(), _shape(paper, cut)
        painter.fillPath(shape, self._theme.colour("brand_soft" if on else "surface"))
        if not on:
            stub = QPainterPath()
            stub.addRect(QRectF(paper.left(), paper.top(), cut - paper.left(), paper.height()))
            ground = "gold_soft" if self.isEnabled() else "sunken"
            painter.fillPath(shape.intersected(stub), self._theme.colour(ground))
        edge = "brand" if on else "brand_line" if self._pointed_at() else "line"
        painter.setPen(QPen(self._theme.colour(edge), 2 if on else 1))
        painter.drawPath(shape)
        dashes = QPen(self._theme.colour("brand_line" if on else "gold_line"), 1.2)
        if not self.isEnabled():
            dashes.setColor(self._theme.colour("line"))
        dashes.setDashPattern([3, 3])
        painter.setPen(dashes)
        top, bottom = paper.top() + _NOTCH + 4, paper.bottom() - _NOTCH - 4
        painter.drawLine(QPointF(cut, top), QPointF(cut, bottom))

    def _draw_sum(self, painter: QPainter, stub: QRectF) -> None:
        sizes = self._theme.density
        colour = "on_brand_soft" if self.isChecked() else "gold"
        painter.setPen(self._theme.colour(colour if self.isEnabled() else "disabled"))
        pixels = sizes.h1 - 1 if len(self._preset.figure) < _LONG_FIGURE else sizes.h2 + 1
        painter.setFont(self._theme.font(pixels, 700))
        painter.drawText(stub, Qt.AlignmentFlag.AlignCenter, f"\u00a5{self._preset.figure}")

    def _draw_words(self, painter: QPainter, room: QRectF) -> None:
        sizes, grey = self._theme.density, "" if self.isEnabled() else "disabled"
        below = self._preset.total or self._preset.reason
        lines = (
            (self._preset.title, self._theme.font(sizes.body, 700), grey or "text"),
            (below, self._theme.font(sizes.caption), grey or "text2"),
            (self._key, self._theme.font(sizes.caption - 1, 600), grey or "text3"),
        )
        step = sizes.body + 6
        top = room.center().y() - step * len(lines) / 2
        for text, font, colour in lines:
            painter.setFont(font)
            painter.setPen(self._theme.colour(colour))
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(QRectF(room.left(), top, room.width() + 2, step), _LEFT, shown)
            top += step
        if self.isChecked():
            tick = self._theme.pixmap("circle-check", "brand", 18, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(room.right() - 18, room.bottom() - 28), tick)

    def _pointed_at(self) -> bool:
        return self.underMouse() and self.isEnabled()


def _shape(paper: QRectF, cut: float) -> QPainterPath:
    shape = QPainterPath()
    shape.addRoundedRect(paper, _RADIUS, _RADIUS)
    holes = QPainterPath()
    holes.addEllipse(QPointF(cut, paper.top()), _NOTCH, _NOTCH)
    holes.addEllipse(QPointF(cut, paper.bottom()), _NOTCH, _NOTCH)
    return shape.subtracted(holes)
