"""The line at the bottom: what is connected, what waits, which keys help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from pos_app.language import _
from pos_app.ui.kit.announce import announce
from pos_app.ui.kit.labels import Elided, Icon, Kbd, Role, Tone, label, repolish
from pos_app.ui.kit.layouts import row
from pos_app.ui.kit.theme import Theme


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One thing that is well or not; its tone colours icon and text.

    `said` is for a screen reader, where the text changes more often than what it means.
    """

    name: str
    icon: str
    text: str
    tone: Tone = Tone.MUTE
    loud: bool = False
    said: str = ""


class _Item(QWidget):
    """Where the bar is full, what is well and quiet gives way, and is told by a tool tip."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, item: StatusItem) -> None:
        super().__init__()
        self._name = item.name
        self._icon = Icon(theme, item.icon, "text2", 16)
        self._text = Elided(item.text)
        self.setLayout(row(self._icon, self._text, gap=6))
        self.show_item(item)

    def show_item(self, item: StatusItem) -> None:
        quiet = item.tone is Tone.MUTE
        self._icon.show_icon(item.icon, "text2" if quiet else item.tone.value)
        self._text.setText(item.text)
        self._text.setToolTip(item.text)
        gives_way = QSizePolicy.Policy.Preferred if quiet else QSizePolicy.Policy.Minimum
        self._text.setSizePolicy(gives_way, QSizePolicy.Policy.Fixed)
        if self._text.property("tone") != item.tone.value:
            self._text.setProperty("tone", item.tone.value)
            repolish(self._text)
        self.setAccessibleName(item.said or item.text)

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._name)


class StatusBar(QFrame):
    """Items on the left are replaced in place; key hints stand on the right."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, hints: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._theme = theme
        self._items: dict[str, _Item] = {}
        self._order: tuple[str, ...] = ()
        self.setProperty("kind", "status")
        self.setAccessibleName(_("Status"))
        self._left = QHBoxLayout()
        self._left.setSpacing(20)
        layout = row(self._left, None, gap=6, margins=(16, 0, 12, 0))
        for key, text in hints:
            layout.addWidget(Kbd(key))
            layout.addWidget(label(text, Role.FAINT))
            layout.addSpacing(6)
        self.setLayout(layout)
        self.setFixedHeight(theme.density.status)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the shown items, from left to right."""
        return self._order

    def show_items(self, items: Sequence[StatusItem]) -> None:
        """Show these items; a `loud` one that says something new is said to a screen reader."""
        for name in self._items.keys() - {item.name for item in items}:
            gone = self._items.pop(name)
            self._left.removeWidget(gone)
            gone.deleteLater()
        self._order = tuple(item.name for item in items)
        for place, item in enumerate(items):
            self._show(place, item)

    def _show(self, place: int, item: StatusItem) -> None:
        shown = self._items.get(item.name)
        if shown is None:
            shown = _Item(self._theme, item)
            shown.pressed.connect(self.pressed)
            self._items[item.name] = shown
            self._left.insertWidget(place, shown)
            return
        said = item.said or item.text
        if item.loud and shown.accessibleName() != said:
            announce(self, said)
        shown.show_item(item)
