"""Scans, told from typing by their speed, wherever the focus is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIER_KEYS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
)
_COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_KEY_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


@dataclass(frozen=True, slots=True)
class Scanner:
    """How the scanner types: the wizard in the settings measures it."""

    gap_ms: int = 35
    least_keys: int = 6
    prefix: str = ""
    suffix: str = ""
    repeat_ms: int = 1500
    patience_ms: int = 500


@dataclass(frozen=True, slots=True)
class _Held:
    """A key event that waits until it is known who typed it."""

    receiver: QWidget
    kind: QEvent.Type
    key: int
    modifiers: Qt.KeyboardModifier
    text: str


def monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class ScanFilter(QObject):
    """Holds fast keys for a moment: a scan is swallowed and reported, typing is given back.

    Install it once: `QApplication.installEventFilter(scans)`.
    """

    scanned = Signal(str)

    def __init__(
        self, scanner: Scanner | None = None, now_ms: Callable[[], int] = monotonic_ms
    ) -> None:
        super().__init__()
        self._scanner = scanner or Scanner()
        self._now_ms = now_ms
        self._held: list[_Held] = []
        self._text = ""
        self._last_key_ms = 0
        self._ended_ms = -1_000_000
        self._seen: dict[str, int] = {}
        self._giving_back = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.give_back)

    def tune(self, scanner: Scanner) -> None:
        """Use other timing, prefix and suffix from now on."""
        self.give_back()
        self._scanner = scanner

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if self._giving_back or event.type() not in _KEY_EVENTS:
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._overrides(event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._released(watched, event)
        return self._pressed(watched, event)

    def give_back(self) -> None:
        """Let the held keys reach the focused widget: a person typed them."""
        held, self._held, self._text = self._held, [], ""
        self._timer.stop()
        self._giving_back = True
        try:
            for event in held:
                _send(event)
        finally:
            self._giving_back = False

    def _pressed(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIER_KEYS:
            return False
        if self._held and self._now_ms() - self._last_key_ms > self._gap_ms():
            self.give_back()
        if event.key() in _ENDS:
            return self._ended()
        if not self._belongs(event):
            self.give_back()
            return False
        self._hold(watched, event)
        self._text += event.text()
        self._last_key_ms = self._now_ms()
        self._timer.start(self._gap_ms())
        self._complete_by_suffix()
        return True

    def _released(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Hold a release behind its press: overtaking it would leave Space down on a button."""
        if not any(held.key == event.key() for held in self._held):
            return False
        self._hold(watched, event)
        return True

    def _overrides(self, event: QKeyEvent) -> bool:
        """Keep the characters and the Enter of a scan from starting a shortcut."""
        inside = bool(self._held) and (event.key() in _ENDS or self._belongs(event))
        if inside:
            event.accept()
        return inside

    def _belongs(self, event: QKeyEvent) -> bool:
        """Tell whether a scanner may have typed it: only a person holds a key until it repeats."""
        text = event.text()
        if len(text) != 1 or event.isAutoRepeat() or event.modifiers() & _COMMAND:
            return False
        return text.isprintable() or text in self._scanner.prefix + self._scanner.suffix

    def _ended(self) -> bool:
        now = self._now_ms()
        if self._is_scan(self._text):
            self._take(self._text)
            return True
        trailing = not self._held and now - self._ended_ms <= self._scanner.gap_ms
        self.give_back()
        return trailing

    def _complete_by_suffix(self) -> None:
        suffix = self._scanner.suffix
        if suffix and self._text.endswith(suffix):
            text = self._text.removesuffix(suffix)
            if self._is_scan(text):
                self._take(text)

    def _is_scan(self, text: str) -> bool:
        return self._prefixed(text) or len(text) >= self._scanner.least_keys

    def _prefixed(self, text: str) -> bool:
        prefix = self._scanner.prefix
        return bool(prefix) and text.startswith(prefix) and len(text) > len(prefix)

    def _gap_ms(self) -> int:
        """Return the longest pause; after a prefix, which is surer than timing, it may be long."""
        prefix = self._scanner.prefix
        known = bool(prefix) and self._text.startswith(prefix)
        return self._scanner.patience_ms if known else self._scanner.gap_ms

    def _take(self, text: str) -> None:
        code = text.removeprefix(self._scanner.prefix).removesuffix(self._scanner.suffix)
        self._held, self._text = [], ""
        self._timer.stop()
        now = self._ended_ms = self._now_ms()
        fresh = now - self._seen.get(code, -1_000_000) > self._scanner.repeat_ms
        if fresh:
            self._seen = {code: now}
            self.scanned.emit(code)

    def _hold(self, watched: QWidget, event: QKeyEvent) -> None:
        self._held.append(
            _Held(watched, event.type(), event.key(), event.modifiers(), event.text())
        )


def _send(held: _Held) -> None:
    target = QApplication.focusWidget()
    if target is None:
        target = held.receiver if isValid(held.receiver) else None
    if target is not None:
        again = QKeyEvent(held.kind, held.key, held.modifiers, held.text)
        QCoreApplication.sendEvent(target, again)
