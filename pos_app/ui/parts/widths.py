"""Columns whose width follows the density of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos_app.ui.kit.theme import Theme

_ROOMY_PER_CENT = 122


class FixedWidth(QObject):
    """Keeps a column at its width: as given in a compact window, a fifth more in a roomy one."""

    def __init__(self, theme: Theme, column: QWidget, compact: int) -> None:
        super().__init__(column)
        self._theme = theme
        self._column = column
        self._compact = compact
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def _follow_theme(self) -> None:
        roomy = self._theme.density.name != "compact"
        self._column.setFixedWidth(
            self._compact * _ROOMY_PER_CENT // 100 if roomy else self._compact
        )
