"""Named options of which one is chosen: the common ground of tenders, tabs and the rail."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    text: str
    icon: str = ""
    hint: str = ""


class Choices(QButtonGroup):
    """An exclusive group that speaks of names; only a person's click is reported."""

    chosen = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names: dict[str, QAbstractButton] = {}
        self.buttonClicked.connect(self._clicked)

    @property
    def current(self) -> str:
        checked = self.checkedButton()
        return next((name for name, button in self._names.items() if button is checked), "")

    def add(self, name: str, button: QAbstractButton) -> None:
        button.setCheckable(True)
        self._names[name] = button
        self.addButton(button)

    def button_of(self, name: str) -> QAbstractButton:
        return self._names[name]

    def all_buttons(self) -> tuple[QAbstractButton, ...]:
        return tuple(self._names.values())

    def select(self, name: str) -> None:
        """Show an option as chosen without reporting it; an empty name chooses none."""
        if name:
            self._names[name].setChecked(True)
            return
        self.setExclusive(False)
        for button in self._names.values():
            button.setChecked(False)
        self.setExclusive(True)

    def _clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(next(name for name, mine in self._names.items() if mine is button))
