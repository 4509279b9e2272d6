"""The keypad: keys for fingers that never take the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from pos_app.language import _
from pos_app.ui.kit.theme import Theme, icon_size

IN_ORDER = "7894561230"
_POINTS = ("00", ".")


class _Key(QPushButton):
    def __init__(self, theme: Theme, text: str, icon: str = "") -> None:
        super().__init__(text)
        self._theme = theme
        self._icon = icon
        self.setProperty("kind", "key")
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def _follow_theme(self) -> None:
        if self._icon:
            self.setIcon(self._theme.icon(self._icon, "text2", size=24))
            self.setIconSize(icon_size(24))


class _FunctionKey(_Key):
    def __init__(self, theme: Theme, name: str, *, text: str = "", icon: str = "") -> None:
        super().__init__(theme, text, icon)
        self.setProperty("kind", "function_key")
        self.setAccessibleName(name)


class Keypad(QWidget):
    """Figures, double zero, point, backspace, clear and plus, as on a calculator."""

    digit = Signal(str)
    erased = Signal()
    cleared = Signal()
    added = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._grid = _empty_grid(self)
        self._keys = QButtonGroup(self)
        self._keys.setExclusive(False)
        for place, text in enumerate((*IN_ORDER, *_POINTS)):
            key = _Key(theme, text)
            self._keys.addButton(key)
            self._grid.addWidget(key, place // 3, place % 3)
        self._keys.buttonClicked.connect(self._tapped)
        self._add_functions(theme)

    def _add_functions(self, theme: Theme) -> None:
        erase = _FunctionKey(theme, _("Backspace"), icon="delete")
        erase.setAutoRepeat(True)
        erase.clicked.connect(self.erased)
        clear = _FunctionKey(theme, _("Clear"), text=_("Clear"))
        clear.clicked.connect(self.cleared)
        add = _FunctionKey(theme, _("Add another amount"), icon="plus")
        add.clicked.connect(self.added)
        self._grid.addWidget(erase, 0, 3)
        self._grid.addWidget(clear, 1, 3)
        self._grid.addWidget(add, 2, 3, 2, 1)

    def _tapped(self, key: QAbstractButton) -> None:
        self.digit.emit(key.text())


class PinPad(QWidget):
    """Ten figures, backspace and clear for a PIN; the figures can be dealt in another order."""

    digit = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme, order: Sequence[str] = IN_ORDER) -> None:
        super().__init__()
        grid = _empty_grid(self)
        self._keys = QButtonGroup(self)
        self._keys.setExclusive(False)
        self.figure_keys = tuple(_Key(theme, text) for text in order)
        places = [(place // 3, place % 3) for place in range(9)] + [(3, 1)]
        for key, (line, place) in zip(self.figure_keys, places, strict=True):
            self._keys.addButton(key)
            grid.addWidget(key, line, place)
        self._keys.buttonClicked.connect(self._tapped)
        clear = _FunctionKey(theme, _("Clear"), text=_("Clear"))
        clear.clicked.connect(self.cleared)
        erase = _FunctionKey(theme, _("Backspace"), icon="delete")
        erase.clicked.connect(self.erased)
        grid.addWidget(clear, 3, 0)
        grid.addWidget(erase, 3, 2)

    def deal(self, order: Sequence[str]) -> None:
        """Put the figures in another order, so that a finger's place tells nothing."""
        for key, text in zip(self.figure_keys, order, strict=True):
            key.setText(text)
            key.setAccessibleName(text)

    def _tapped(self, key: QAbstractButton) -> None:
        self.digit.emit(key.text())


def _empty_grid(owner: QWidget) -> QGridLayout:
    grid = QGridLayout(owner)
    grid.setSpacing(8)
    grid.setContentsMargins(0, 0, 0, 0)
    return grid
