"""A cashier's fingers and a scanner, for windows under test."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.ui.kit.scan import ScanFilter

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class SetClock:
    """A clock in milliseconds that only a test's hands turn."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000

    def __call__(self) -> int:
        return self.now_ms


@dataclass
class Hands:
    """A cashier's fingers, slow, and a scanner, fast."""

    clock: SetClock
    scans: ScanFilter

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Press a key wherever the focus is."""
        self.clock.now_ms += 1_000
        QTest.keyClick(_focused(), key, modifier)
        self.scans.give_back()

    def write(self, text: str) -> None:
        """Type as a person does."""
        for character in text:
            self.clock.now_ms += 1_000
            QTest.keyClicks(_focused(), character)
            self.scans.give_back()

    def scan(self, code: str) -> None:
        """Type as a scanner does: all at once, and Enter."""
        self.clock.now_ms += 1_000
        target = _focused()
        QTest.keyClicks(target, code)
        QTest.keyClick(target, Qt.Key.Key_Return)


def _focused() -> QWidget:
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    return target
