"""The gift catalogue in the points sheet: what can be added, and why the rest cannot."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.checkout.points_state import GiftRow
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column
from pos_app.ui.kit.theme import Theme

_TALLEST = 400
_ROW = 44
_WIDTH = 376


class GiftList(QWidget):
    """One button for each; one that cannot be had says why under its name."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self._theme = theme
        self._shown: tuple[GiftRow, ...] = ()
        self._inner = QWidget()
        self._lines = QVBoxLayout(self._inner)
        self._lines.setContentsMargins(0, 0, 6, 0)
        self._lines.setSpacing(6)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self.setLayout(column(label(_("Gifts for points"), Role.BOLD), self._scroll, None, gap=6))

    def show_gifts(self, gifts: tuple[GiftRow, ...]) -> None:
        self.setVisible(bool(gifts))
        if gifts == self._shown:
            return
        self._shown = gifts
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for gift in gifts:
            self._lines.addWidget(self._button(gift))
        self._scroll.setFixedHeight(min(len(gifts) * (_ROW + 6), _TALLEST))

    def _button(self, gift: GiftRow) -> Button:
        words = f"{gift.name} · {gift.price}"
        made = Button(self._theme, f"{words} · {gift.reason}" if gift.reason else words, "gift")
        made.setEnabled(not gift.reason)
        made.clicked.connect(partial(self.chosen.emit, gift.code))
        return made
