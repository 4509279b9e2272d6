"""Short notices at the bottom of the window, which never take the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui.kit.announce import announce
from pos_app.ui.kit.labels import TONE_ICONS, Elided, Icon, Role, Tone
from pos_app.ui.kit.layouts import row
from pos_app.ui.kit.theme import Theme

SHOWN_MS = 4000
AT_MOST = 2
_FROM_BOTTOM = 54
_BESIDE = 48


class Toast(QFrame):
    """One notice, with at most one thing to do about it."""

    gone = Signal(QObject)

    def __init__(self, theme: Theme, text: str, tone: Tone, action: str) -> None:
        super().__init__()
        self.text = text
        self.setProperty("kind", "toast")
        self.setAccessibleName(text)
        self._words = Elided(text, Role.BOLD)
        icon = Icon(theme, TONE_ICONS.get(tone, "info"), "surface")
        layout = row(icon, self._words, gap=12, margins=(18, 10, 18, 10))
        self.setLayout(layout)
        self.button: QPushButton | None = None
        if action:
            self.button = QPushButton(action)
            self.button.setProperty("kind", "toast")
            self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.button.setAccessibleName(action)
            self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.button.clicked.connect(self.leave)
            layout.addWidget(self.button)
            layout.setContentsMargins(18, 6, 8, 6)
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)

    def stay(self, shown_ms: int) -> None:
        self._timer.start(shown_ms)

    def leave(self) -> None:
        self._timer.stop()
        self.gone.emit(self)


class Toasts(QWidget):
    """The stack at the bottom centre of its host; the oldest gives way to the newest."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._shown: list[Toast] = []
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(8)
        host.installEventFilter(self)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(toast.text for toast in self._shown)

    def post(
        self,
        text: str,
        tone: Tone = Tone.INFO,
        *,
        action: str = "",
        acted: Callable[[], None] | None = None,
        shown_ms: int = SHOWN_MS,
    ) -> Toast:
        """Show a notice for a while and let a screen reader say it."""
        toast = Toast(self._theme, text, tone, action)
        if toast.button is not None and acted is not None:
            toast.button.clicked.connect(acted)
        toast.gone.connect(self._remove)
        while len(self._shown) >= AT_MOST:
            self._remove(self._shown[0])
        self._shown.append(toast)
        self._stack.addWidget(toast, 0, Qt.AlignmentFlag.AlignHCenter)
        # A layout counts only what is shown, and its own showing comes a turn later.
        toast.show()
        self.show()
        self.raise_()
        self._place()
        toast.stay(shown_ms)
        announce(self, text, urgent=tone is Tone.DANGER)
        return toast

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        # A filter that is being destroyed still hears of it, when its own parts are gone already.
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self._place()
        return False

    def _remove(self, toast: Toast) -> None:
        if toast not in self._shown:
            return
        self._shown.remove(toast)
        self._stack.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self.setVisible(bool(self._shown))
        self._place()

    def _place(self) -> None:
        self._stack.activate()
        size = self.sizeHint()
        width = min(size.width(), self._host.width() - 2 * _BESIDE)
        left = (self._host.width() - width) // 2
        top = self._host.height() - size.height() - _FROM_BOTTOM
        self.setGeometry(left, top, width, size.height())
