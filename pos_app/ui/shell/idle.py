"""The till locks itself when nobody has touched it for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_LIFE = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
)


class IdleLock(QObject):
    """Reports once that the time is up; any key or touch begins it anew."""

    expired = Signal()

    def __init__(self, seconds: int, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(seconds * 1000)
        self._timer.timeout.connect(self.expired)
        app = QApplication.instance()
        assert app is not None, "the application comes first"
        app.installEventFilter(self)
        self._timer.start()

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def rest(self) -> None:
        """Stop counting, while the till is locked."""
        self._timer.stop()

    def begin(self) -> None:
        """Count from now on."""
        self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent, /) -> bool:
        if event.type() in _LIFE and self._timer.isActive():
            self._timer.start()
        return False
