"""Keys become intents, and the sheet that lists them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.keys import Binding, Preset, listed
from pos_app.ui.kit.labels import Kbd, Role, label
from pos_app.ui.kit.layouts import row
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme


class _Shortcut(QShortcut):
    named = Signal(str)

    def __init__(self, window: QWidget, binding: Binding) -> None:
        super().__init__(QKeySequence(binding.key), window)
        self._name = binding.action.value
        self.setAutoRepeat(False)
        self.activated.connect(self._report)

    def _report(self) -> None:
        self.named.emit(self._name)


class Shortcuts(QObject):
    """Reports the action whose key was pressed in the window; a sheet on top keeps them quiet."""

    triggered = Signal(str)

    def __init__(self, window: QWidget, wanted: Sequence[Binding]) -> None:
        super().__init__(window)
        self._window = window
        self._keys: list[_Shortcut] = []
        self.bind(wanted)

    def bind(self, wanted: Sequence[Binding]) -> None:
        """Replace all keys, for another preset."""
        for old in self._keys:
            old.setEnabled(False)
            old.deleteLater()
        self._keys = [_Shortcut(self._window, binding) for binding in wanted]
        for key in self._keys:
            key.named.connect(self.triggered)

    def set_enabled(self, *, enabled: bool) -> None:
        for key in self._keys:
            key.setEnabled(enabled)


class KeysSheet(Sheet):
    """Every key of the terminal on one page."""

    def __init__(self, theme: Theme, host: QWidget, preset: Preset = Preset.HOUSE) -> None:
        super().__init__(theme, host, _("All keys"), icon="keyboard", width=760)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        keys = listed(preset)
        lines = -(-len(keys) // 2)
        for place, (key, text) in enumerate(keys):
            across, down = divmod(place, lines)
            grid.addLayout(row(None, Kbd(key)), down, across * 2)
            grid.addWidget(label(text, Role.MUTED, wrap=True), down, across * 2 + 1)
        for across in (1, 3):
            grid.setColumnStretch(across, 1)
        self.body.addLayout(grid)
