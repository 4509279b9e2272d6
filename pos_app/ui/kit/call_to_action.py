"""The one button that finishes what the screen is for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from pos_app.ui.kit.theme import Theme

_GAP = 10
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CallToAction(QPushButton):
    """Verb and sum when it can be pressed; the readable reason when it cannot."""

    def __init__(self, theme: Theme, icon: str = "corner-down-left", *, large: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._large = large
        self.setProperty("kind", "cta" if large else "primary")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def ready(self, text: str) -> None:
        """Offer the act: `text` says verb and sum."""
        self._say(text)
        self.setEnabled(True)

    def blocked(self, reason: str) -> None:
        """Refuse for now and say why."""
        self._say(reason)
        self.setEnabled(False)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 80
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        self._draw_words(painter)

    def _say(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def _draw_words(self, painter: QStylePainter) -> None:
        sizes = self._theme.density
        pixels = sizes.cta_text if self._large else sizes.h2
        colour = "on_brand" if self.isEnabled() else "text2"
        side = pixels + 2 if self._icon and self.isEnabled() else 0
        painter.setFont(self._theme.font(pixels if self.isEnabled() else sizes.h2, 700))
        metrics = painter.fontMetrics()
        room = self.width() - 40 - (side + _GAP if side else 0)
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text)
        left = (self.width() - width - (side + _GAP if side else 0)) / 2
        painter.setPen(self._theme.colour(colour))
        box = QRectF(left, 0, width + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if side:
            pixmap = self._theme.pixmap(self._icon, colour, side, self.devicePixelRatioF())
            painter.drawPixmap(round(left + width + _GAP), (self.height() - side) // 2, pixmap)
