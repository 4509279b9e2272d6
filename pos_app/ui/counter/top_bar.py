"""The look-up, the way to a new member, and who works here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.field import SearchBox
from pos_app.ui.kit.labels import Elided, Role
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TopBar(QWidget):
    """Stands on top of the counter; the list opens under it."""

    moved = Signal(int)
    entered = Signal()
    new_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lookup = SearchBox(theme, _("Phone, member code or name, or just scan"))
        self.lookup.installEventFilter(self)
        self.new = Button(theme, _("New member"), "user-plus")
        self.new.clicked.connect(self.new_wanted)
        self._who = Elided("", Role.BOLD)
        self._where = Elided("", Role.FAINT)
        for line in (self._who, self._where):
            line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words = column(None, self._who, self._where, None, gap=1)
        layout = row(self.lookup, self.new, 4, words, gap=10)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def show_operator(self, who: str, where: str) -> None:
        self._who.setText(who)
        self._where.setText(where)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if not isinstance(event, QKeyEvent) or watched is not self.lookup:
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _STEPS:
            self.moved.emit(_STEPS[Qt.Key(event.key())])
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return True
        return False

    def _follow_theme(self) -> None:
        self.lookup.setFixedHeight(self._theme.density.lookup)
        self.new.setFixedHeight(self._theme.density.lookup)
