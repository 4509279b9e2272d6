"""The timers of the link to HQ: a second hand, and an alarm for the next beat."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from pos_app.ui.sync.presenter import SyncPresenter

SECOND_MS = 1000


class Pulse(QObject):
    """Beats as long as the program runs, also while the till is locked."""

    def __init__(self, sync: SyncPresenter) -> None:
        super().__init__()
        self._sync = sync
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._beat)
        sync.attach_alarm(self._ring_in)

    def begin(self) -> None:
        """Go out for the first time, and from then on by itself."""
        self._second.start()
        self._beat()

    def stop(self) -> None:
        """Go out no more."""
        self._second.stop()
        self._due.stop()

    def _ring_in(self, milliseconds: int) -> None:
        """Set the alarm, unless it has been stopped while the courier was out."""
        if self._second.isActive():
            self._due.start(milliseconds)

    def _tick(self) -> None:
        self._sync.tick()

    def _beat(self) -> None:
        self._sync.beat()
