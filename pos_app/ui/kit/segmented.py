"""A few ways of doing one thing, side by side, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QSizePolicy

from pos_app.ui.kit.choices import Choices, Option
from pos_app.ui.kit.layouts import row
from pos_app.ui.kit.theme import Theme, icon_size


class _Segment(QPushButton):
    def __init__(self, theme: Theme, option: Option) -> None:
        super().__init__(f"\u2002{option.text}" if option.icon else option.text)
        self._theme = theme
        self._icon = option.icon
        self.setProperty("kind", "segment")
        self.setAccessibleName(option.text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def _follow_theme(self) -> None:
        if self._icon:
            self.setIcon(self._theme.icon(self._icon, "text2", size=18, checked="brand"))
            self.setIconSize(icon_size(18))


class Segmented(QFrame):
    """A segmented control; arrows walk between the segments."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, options: Sequence[Option]) -> None:
        super().__init__()
        self.setProperty("kind", "segments")
        self._choices = Choices(self)
        self._choices.chosen.connect(self.chosen)
        segments = [_Segment(theme, option) for option in options]
        for option, segment in zip(options, segments, strict=True):
            self._choices.add(option.name, segment)
        self.setLayout(row(*segments, gap=2, margins=(4, 4, 4, 4)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.select(options[0].name)

    @property
    def current(self) -> str:
        return self._choices.current

    def select(self, name: str) -> None:
        self._choices.select(name)

    def button_of(self, name: str) -> QAbstractButton:
        return self._choices.button_of(name)

    def set_enabled(self, name: str, *, enabled: bool, reason: str = "") -> None:
        """Offer or withhold one segment; a withheld one tells why."""
        button = self._choices.button_of(name)
        button.setEnabled(enabled)
        button.setToolTip(reason)
        button.setAccessibleDescription(reason)
