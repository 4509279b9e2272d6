"""The ring around the focused control, drawn outside it, for people who use the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pos_app.ui.kit.theme import Theme

_WIDTH = 3
_GAP = 2
_MARGIN = _WIDTH + _GAP
_RADIUS = 14
_POINTING = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress)
_MOVING = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
_STEERING = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)
_FUNCTION_KEYS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F12.value + 1)


class FocusRing(QWidget):
    """One overlay a window: 3 px wide, 2 px away, over sheets too, never over mouse work."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._target: QWidget | None = None
        self._by_keyboard = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        app.installEventFilter(self)

    @property
    def target(self) -> QWidget | None:
        """Return the control that wears the ring now."""
        return self._target if self.isVisible() else None

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _STEERING or event.key() in _FUNCTION_KEYS:
                self._by_keyboard = True
        elif kind in _POINTING:
            self._by_keyboard = False
            self.hide()
        elif kind in _MOVING and self._concerns(watched):
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), _WIDTH))
        half = _WIDTH / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        radius = min(_RADIUS + _GAP + half, box.height() / 2)
        painter.drawRoundedRect(box, radius, radius)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        inside = now is not None and self._window.isAncestorOf(now)
        self._target = now if inside else None
        self._place()

    def _concerns(self, watched: QObject) -> bool:
        target = self._target
        if target is None or watched is self or not isinstance(watched, QWidget):
            return False
        return isValid(target) and (watched is target or watched.isAncestorOf(target))

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not self._by_keyboard:
            self.hide()
            return
        shown = target.visibleRegion().boundingRect()
        if shown.isEmpty():
            shown = target.rect()
        corner = target.mapTo(self._window, QPoint(0, 0))
        around = QRect(shown).translated(corner)
        self.setGeometry(around.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        self.raise_()
        self.setVisible(target.isVisible())
