"""A sheet over the window: instead of a dialog, so that scans and the till stay alive."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from pos_app.language import _
from pos_app.ui.kit.buttons import icon_button
from pos_app.ui.kit.focus import can_take_focus, neighbour
from pos_app.ui.kit.labels import Elided, IconTile, Role, set_shown
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme

# What a sheet lies over: for those who hand it on and know no Qt.
Host = QWidget
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FUNCTION_KEYS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F12.value + 1)
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_EDITING = (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z)
_SHADOW_DROP = 18
_SHADOW_BLUR = 60
_SHADOW_ALPHA = 0.35


class Sheet(QWidget):
    """Covers its host with a scrim, keeps the focus inside, closes one layer by Esc."""

    closed = Signal()

    def __init__(
        self, theme: Theme, host: QWidget, title: str, *, icon: str = "", width: int = 540
    ) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._came_from: QWidget | None = None
        self._default: QAbstractButton | None = None
        self._shadow = QPixmap()
        self.card = QFrame(self)
        self.card.setProperty("kind", "sheet")
        self.card.setFixedWidth(width)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        self._build(title, icon)
        self.setAccessibleName(title)
        self.hide()
        host.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._keep_focus)  # type: ignore[union-attr]

    def set_subtitle(self, text: str) -> None:
        self._subtitle.setText(text)
        set_shown(self._subtitle, shown=bool(text))

    def set_default(self, button: QAbstractButton) -> None:
        """Choose the button that Enter presses when the focused control does not want Enter."""
        self._default = button

    def open(self, focus: QWidget | None = None) -> None:
        """Show the sheet on top of all others and take the focus."""
        if not self.isVisible():
            self._came_from = self.window().focusWidget()
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self._place()
        target = focus or neighbour(self.card, None, forward=True)
        if target is not None:
            target.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close this layer and give the focus back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        before = self._came_from
        if before is not None and isValid(before) and can_take_focus(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    @property
    def topmost(self) -> bool:
        """Tell whether no other sheet lies over this one."""
        layers = [child for child in self._host.children() if isinstance(child, Sheet)]
        shown = [layer for layer in layers if layer.isVisible()]
        return bool(shown) and shown[-1] is self

    def focusNextPrevChild(self, forward: bool, /) -> bool:  # noqa: FBT001 -- Qt's signature
        target = neighbour(self.card, QApplication.focusWidget(), forward=forward)
        if target is not None:
            reason = Qt.FocusReason.TabFocusReason
            target.setFocus(reason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def event(self, event: QEvent, /) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _reaches_below(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in _ENTER and self._default is not None:
            self._default.click()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self.setGeometry(self._host.rect())
        elif event.type() == QEvent.Type.LayoutRequest and watched is self.card:
            self._place()
        return False

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("scrim"))
        if self._shadow.size() != self.card.size() + QSize(2 * _SHADOW_BLUR, 2 * _SHADOW_BLUR):
            self._shadow = _shadow_of(self.card.size(), self._theme.colour("shadow"))
        corner = self.card.pos()
        painter.drawPixmap(
            corner.x() - _SHADOW_BLUR, corner.y() - _SHADOW_BLUR + _SHADOW_DROP, self._shadow
        )

    def _build(self, title: str, icon: str) -> None:
        self._subtitle = Elided("", Role.MUTED)
        self._subtitle.hide()
        close = icon_button(self._theme, "x", _("Close"))
        close.clicked.connect(self.dismiss)
        words = column(Elided(title, Role.H1), self._subtitle, gap=2)
        head = row(words, close, gap=12)
        head.setStretch(0, 1)
        if icon:
            head.insertWidget(0, IconTile(self._theme, icon))
        self.card.setLayout(column(head, self.body, gap=16, margins=(30, 26, 30, 28)))
        self.card.installEventFilter(self)

    def _place(self) -> None:
        layout = self.card.layout()
        assert layout is not None
        needed = layout.totalSizeHint().height()
        if layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(self.card.width())
        height = min(needed, max(self.height() - 32, 0))
        self.card.resize(self.card.width(), height)
        left = (self.width() - self.card.width()) // 2
        self.card.move(left, max(16, (self.height() - height) // 2))

    def _keep_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isVisible() or not self.topmost:
            return
        if now.window() is not self.window() or self.isAncestorOf(now):
            return
        back = neighbour(self.card, None, forward=True)
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)


def _reaches_below(event: QKeyEvent) -> bool:
    """Tell whether a key would start something in the window under the sheet."""
    if event.key() == Qt.Key.Key_Escape or event.key() in _ENTER:
        return True
    if event.key() in _FUNCTION_KEYS:
        return True
    return bool(event.modifiers() & _COMMAND) and event.key() not in _EDITING


def _shadow_of(size: QSize, colour: QColor) -> QPixmap:
    """Paint the one shadow of the house once; an effect would repaint it with every key."""
    shadow = QPixmap(size + QSize(2 * _SHADOW_BLUR, 2 * _SHADOW_BLUR))
    shadow.fill(Qt.GlobalColor.transparent)
    painter = QPainter(shadow)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    steps = _SHADOW_BLUR // 3
    colour.setAlphaF(1 - (1 - _SHADOW_ALPHA) ** (1 / steps))
    painter.setBrush(colour)
    for step in range(steps):
        inset = _SHADOW_BLUR * (0.35 + 0.75 * step / steps)
        box = QRectF(shadow.rect()).adjusted(inset, inset, -inset, -inset)
        radius = 24 + _SHADOW_BLUR - inset
        painter.drawRoundedRect(box, radius, radius)
    painter.end()
    return shadow
