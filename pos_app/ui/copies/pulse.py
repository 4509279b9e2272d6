"""The second hand of the copies."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from pos_app.ui.copies.presenter import CopiesPresenter

SECOND_MS = 1000


class CopiesPulse(QObject):
    """Ticks as long as the program runs, also while the till is locked."""

    def __init__(self, copies: CopiesPresenter) -> None:
        super().__init__()
        self._copies = copies
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._second.start()

    def stop(self) -> None:
        """Tick no more."""
        self._second.stop()

    def _tick(self) -> None:
        self._copies.tick()
