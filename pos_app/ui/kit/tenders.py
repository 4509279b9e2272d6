"""The row of tenders: how the order is paid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from pos_app.ui.kit.choices import Choices, Option
from pos_app.ui.kit.layouts import row
from pos_app.ui.kit.theme import Theme, icon_size


class TenderButton(QToolButton):
    """One tender; it keeps its place when it cannot be used, and says why."""

    def __init__(self, theme: Theme, option: Option) -> None:
        super().__init__()
        self._theme = theme
        self._icon = option.icon
        self._name = f"{option.text}, {option.hint}" if option.hint else option.text
        self.setText(option.text)
        self.setProperty("kind", "tender")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(icon_size(22))
        self.allow()
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def allow(self, hint: str = "") -> None:
        self.setEnabled(True)
        self.setAccessibleName(f"{self._name}: {hint}" if hint else self._name)
        self.setToolTip(hint)

    def refuse(self, reason: str) -> None:
        self.setEnabled(False)
        self.setAccessibleName(f"{self._name}: {reason}")
        self.setToolTip(reason)

    def sizeHint(self) -> QSize:
        return QSize(max(66, super().sizeHint().width()), self._theme.density.tender)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._theme.density.tender)

    def _follow_theme(self) -> None:
        self.setIcon(self._theme.icon(self._icon, "text2", size=22, checked="brand"))
        self.updateGeometry()


class TenderRow(QWidget):
    """All tenders side by side; arrows walk between them."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, options: Sequence[Option]) -> None:
        super().__init__()
        self._choices = Choices(self)
        self._choices.chosen.connect(self.chosen)
        self._buttons = {option.name: TenderButton(theme, option) for option in options}
        for name, button in self._buttons.items():
            self._choices.add(name, button)
        self.setLayout(row(*self._buttons.values()))

    @property
    def buttons(self) -> tuple[TenderButton, ...]:
        return tuple(self._buttons.values())

    @property
    def current(self) -> str:
        return self._choices.current

    def select(self, name: str) -> None:
        """Show a tender as chosen; an empty name chooses none."""
        self._choices.select(name)

    def allow(self, name: str, hint: str = "") -> None:
        """Enable one tender; a hint says how far it goes."""
        self._buttons[name].allow(hint)

    def refuse(self, name: str, reason: str) -> None:
        """Disable one tender; the reason is its tool tip and is read out."""
        self._buttons[name].refuse(reason)
