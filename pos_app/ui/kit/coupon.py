"""A coupon, painted as a ticket."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pos_app.ui.kit.theme import Theme

_NOTCH = 8
_RADIUS = 16
_STUB = 0.335
_YUAN = "\u00a5"


@dataclass(frozen=True, slots=True)
class CouponFace:
    """What stands on the ticket; a `reason` says why it cannot be used now."""

    figure: str
    unit: str
    title: str
    condition: str
    expiry: str
    hot: bool = False
    hotkey: str = ""
    reason: str = ""


class Coupon(QAbstractButton):
    """A real checkable button: Space toggles it and a screen reader meets a check box."""

    def __init__(self, theme: Theme, face: CouponFace) -> None:
        super().__init__()
        self._theme = theme
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_face(face)
        theme.changed.connect(self.updateGeometry)

    def show_face(self, face: CouponFace) -> None:
        self._face = face
        self.setEnabled(not face.reason)
        worth = f"{face.figure}{face.unit}"
        said = (face.title, worth, face.condition, face.reason or face.expiry, face.hotkey)
        self.setAccessibleName(", ".join(filter(None, said)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.density.coupon_width, self._theme.density.coupon)

    def minimumSizeHint(self) -> QSize:
        return QSize(190, self._theme.density.coupon)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        cut = paper.left() + round(paper.width() * _STUB)
        stub = QRectF(paper.left(), paper.top(), cut - paper.left(), paper.height())
        self._draw_paper(painter, paper, stub)
        self._draw_figure(painter, stub)
        self._draw_words(
            painter, QRectF(cut + 14, paper.top(), paper.right() - cut - 50, paper.height())
        )
        self._draw_tick(painter, QRectF(paper.right() - 34, paper.top() + 10, 22, 22))
        self._draw_hotkey(painter, paper)

    def _draw_paper(self, painter: QPainter, paper: QRectF, stub: QRectF) -> None:
        shape = _ticket(paper, stub.right())
        on = self.isChecked()
        painter.fillPath(shape, self._theme.colour("brand_soft" if on else "surface"))
        if not on:
            left = QPainterPath()
            left.addRect(stub)
            ground = "gold_soft" if self.isEnabled() else "sunken"
            painter.fillPath(shape.intersected(left), self._theme.colour(ground))
        if not on and self.underMouse() and self.isEnabled():
            painter.setPen(QPen(self._theme.colour("brand_line"), 1.5))
        else:
            painter.setPen(QPen(self._theme.colour("brand" if on else "line"), 2 if on else 1))
        painter.drawPath(shape)
        line = "brand_line" if on else "gold_line" if self.isEnabled() else "line"
        dashes = QPen(self._theme.colour(line), 1.2)
        dashes.setDashPattern([3, 3])
        painter.setPen(dashes)
        top, bottom = stub.top() + _NOTCH + 5, stub.bottom() - _NOTCH - 5
        painter.drawLine(QPointF(stub.right(), top), QPointF(stub.right(), bottom))

    def _draw_figure(self, painter: QPainter, stub: QRectF) -> None:
        sizes = self._theme.density
        small = self._theme.font(sizes.small, 600)
        unit = QFontMetricsF(small).horizontalAdvance(self._face.unit)
        gap = 3 if self._face.unit else 0
        large = self._fitting(stub.width() - 16 - unit - gap)
        figure = QFontMetricsF(large).horizontalAdvance(self._face.figure)
        left = stub.center().x() - (figure + unit + gap) / 2
        base = stub.center().y() + QFontMetricsF(large).capHeight() / 2
        painter.setPen(self._figure_colour())
        leads = self._face.unit == _YUAN
        painter.setFont(small)
        painter.drawText(QPointF(left if leads else left + figure + gap, base), self._face.unit)
        painter.setFont(large)
        painter.drawText(QPointF(left + unit + gap if leads else left, base), self._face.figure)

    def _fitting(self, room: float) -> QFont:
        pixels = self._theme.density.stat + 2
        while pixels > 14:
            font = self._theme.font(pixels, 700)
            if QFontMetricsF(font).horizontalAdvance(self._face.figure) <= room:
                return font
            pixels -= 1
        return self._theme.font(14, 700)

    def _figure_colour(self) -> QColor:
        if not self.isEnabled():
            return self._theme.colour("disabled")
        return self._theme.colour("on_brand_soft" if self.isChecked() else "gold")

    def _draw_words(self, painter: QPainter, room: QRectF) -> None:
        sizes = self._theme.density
        grey = "" if self.isEnabled() else "disabled"
        last = self._last_line()
        lines = (
            (self._face.title, self._theme.font(sizes.body, 600), grey or "text"),
            (self._face.condition, self._theme.font(sizes.caption, 400), grey or "text2"),
            (last[0], self._theme.font(sizes.caption, last[2]), last[1]),
        )
        heights = (sizes.body * 155 // 100, sizes.caption * 16 // 10, sizes.caption * 16 // 10)
        top = room.center().y() - sum(heights) / 2
        for (text, font, colour), height in zip(lines, heights, strict=True):
            painter.setFont(font)
            painter.setPen(self._theme.colour(colour))
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            box = QRectF(room.left(), top, room.width() + 2, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            top += height

    def _last_line(self) -> tuple[str, str, int]:
        if self._face.reason:
            return self._face.reason, "text2", 500
        if self._face.hot:
            return self._face.expiry, "danger", 600
        return self._face.expiry, "text2" if self.isChecked() else "text3", 400

    def _draw_tick(self, painter: QPainter, circle: QRectF) -> None:
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("brand"))
            painter.drawEllipse(circle)
            tick = self._theme.pixmap("check", "on_brand", 14, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(circle.x() + 4, circle.y() + 4), tick)
            return
        colour = "line2" if self.isEnabled() else "line"
        painter.setPen(QPen(self._theme.colour(colour), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))

    def _draw_hotkey(self, painter: QPainter, paper: QRectF) -> None:
        painter.setFont(self._theme.font(12, 600))
        painter.setPen(self._theme.colour("text2" if self.isChecked() else "text3"))
        box = QRectF(paper.right() - 72, paper.bottom() - 26, 60, 20)
        painter.drawText(
            box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._face.hotkey
        )


def _ticket(paper: QRectF, cut: float) -> QPainterPath:
    shape = QPainterPath()
    shape.addRoundedRect(paper, _RADIUS, _RADIUS)
    notches = QPainterPath()
    notches.addEllipse(QPointF(cut, paper.top()), _NOTCH, _NOTCH)
    notches.addEllipse(QPointF(cut, paper.bottom()), _NOTCH, _NOTCH)
    return shape.subtracted(notches)
