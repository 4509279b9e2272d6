"""The sheet that lists the orders put aside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.checkout.shelf import Shelf
from pos_app.ui.checkout.state import HeldCard, HeldState
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme


class HeldButton(Button):
    """One order: sum, whose, since when."""

    fetched = Signal(str)

    def __init__(self, theme: Theme, card: HeldCard) -> None:
        words = f"{card.amount}  ·  {card.who}"
        super().__init__(theme, words, "pause", Kind.ACTION, hint=card.time)
        self._key = card.key
        self.clicked.connect(self._tell)

    def _tell(self) -> None:
        self.fetched.emit(self._key)


class HeldSheet(Sheet):
    """Enter takes the focused order up again."""

    fetched = Signal(str)

    def __init__(self, theme: Theme, host: QWidget, shelf: Shelf) -> None:
        super().__init__(theme, host, _("Held orders"), icon="pause", width=520)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._empty = EmptyState(theme, "pause", _("Nothing on hold. F8 puts an order aside."))
        self._empty.setMinimumHeight(160)
        self.body.addLayout(self._list)
        self.body.addWidget(self._empty)
        shelf.shown.attach(self.render_state)

    def render_state(self, state: HeldState) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._empty.setVisible(not state.cards)
        for card in state.cards:
            button = HeldButton(self._theme, card)
            button.fetched.connect(self._fetch)
            self._list.addWidget(button)

    def _fetch(self, key: str) -> None:
        self.dismiss()
        self.fetched.emit(key)
