"""The head of a page: the way back, what the page is for, and what belongs beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import icon_button
from pos_app.ui.kit.labels import Elided, IconTile, Role
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme


class PageHead(QWidget):
    """Tile, title over subtitle, and at the right whatever the page adds to `side`."""

    left = Signal()

    def __init__(self, theme: Theme, icon: str, title: str, *, can_leave: bool = True) -> None:
        super().__init__()
        self._title = Elided(title, Role.H1)
        self._subtitle = Elided("", Role.MUTED)
        self._subtitle.hide()
        self.side = row(gap=8)
        self.back = icon_button(theme, "arrow-left", _("Back"))
        self.back.clicked.connect(self.left)
        words = column(None, self._title, self._subtitle, None, gap=1)
        layout = row(self.back, IconTile(theme, icon, size=44), 4, words, self.side, gap=8)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.back.setVisible(can_leave)  # not earlier: without a parent it would be a window
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_subtitle(self, text: str) -> None:
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))
