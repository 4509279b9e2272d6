"""Hands and eyes of the tour: keys, clicks, scans, waiting, and pictures of what a person sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_STEP_MS = 15
_SETTLE_MS = 60
PATIENCE_MS = 20_000
_SCAN_GAP_MS = 1_600  # the same code is ignored for 1.5 s


@dataclass(eq=False)
class TourLost(Exception):
    """What the tour waited for did not come: the program or the tour is wrong."""

    waited_for: str


class Guide:
    """Drives one window and keeps numbered pictures of it."""

    def __init__(self, stage: QWidget, folder: Path) -> None:
        self._stage = stage
        self._folder = folder
        self.pictures: list[str] = []

    def moved_to(self, stage: QWidget) -> Guide:
        """Return a guide for another window, whose pictures are counted on."""
        other = Guide(stage, self._folder)
        other.pictures = self.pictures
        return other

    def wait(self, milliseconds: int) -> None:
        """Let the program work; other threads too, which a busy wait would starve."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(
        self, come: Callable[[], bool], waited_for: str, patience_ms: int = PATIENCE_MS
    ) -> None:
        """Wait until something is so. Raises TourLost, and keeps a picture of what there is."""
        for _step in range(patience_ms // _STEP_MS):
            if come():
                self.wait(_SETTLE_MS)
                return
            self.wait(_STEP_MS)
        self._stage.grab().save(str(self._folder / "lost.png"))
        raise TourLost(waited_for)

    def shoot(self, name: str) -> None:
        """Keep a picture of the whole window."""
        self.wait(_SETTLE_MS)
        number = len(self.pictures) + 1
        file = f"{number:02}-{name}.png"
        self._stage.grab().save(str(self._folder / file))
        self.pictures.append(file)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press one key, wherever the focus is."""
        QTest.keyClick(self._focus(), key, modifier or Qt.KeyboardModifier.NoModifier)
        self.wait(_SETTLE_MS)

    def type(self, text: str) -> None:
        """Type as a person does: with a pause after each key that a scanner does not make."""
        for letter in text:
            QTest.keyClicks(self._focus(), letter)
            self.wait(_SETTLE_MS)

    def fill(self, field: QWidget, text: str) -> None:
        """Go to a field and type into it."""
        field.setFocus()
        self.type(text)

    def click(self, widget: QWidget) -> None:
        """Click in the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.wait(_SETTLE_MS)

    def scan(self, code: str) -> None:
        """Scan: a burst of keys that ends with Enter, faster than any person types."""
        self.wait(_SCAN_GAP_MS)
        QTest.keyClicks(self._focus(), code)
        QTest.keyClick(self._focus(), Qt.Key.Key_Return)
        self.wait(_SETTLE_MS)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._stage
