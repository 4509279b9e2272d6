"""The sheet with all coupons of the member, those that cannot be used with their reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from pos_app.language import _
from pos_app.ui.counter.coupon_row import Ticketed
from pos_app.ui.counter.presenter import CounterPresenter
from pos_app.ui.counter.state import CounterState, Ticket
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme

_ACROSS = 2
_WIDTH = 660
_TALLEST = 470


class CouponsSheet(Sheet):
    """Two tickets a line, in the order of their keys."""

    toggled = Signal(str)

    def __init__(self, theme: Theme, host: QWidget, presenter: CounterPresenter) -> None:
        super().__init__(theme, host, _("Coupons"), icon="ticket-percent", width=_WIDTH)
        self._shown: list[Ticketed] = []
        self._empty = EmptyState(theme, "ticket-percent", _("No coupon at the moment."))
        self._empty.setMinimumHeight(160)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(2, 2, 8, 2)
        self._grid.setSpacing(12)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._scroll)
        self.body.addWidget(self._empty)
        presenter.shown.attach(self.render_state)

    def render_state(self, state: CounterState) -> None:
        tickets = state.loaded.tickets if state.loaded else ()
        self._empty.setVisible(not tickets)
        self._scroll.setVisible(bool(tickets))
        self._fit(tickets)
        lines = -(-len(tickets) // _ACROSS)
        height = lines * (self._theme.density.coupon + 12) + 8
        self._scroll.setFixedHeight(min(height, _TALLEST))

    def _fit(self, tickets: tuple[Ticket, ...]) -> None:
        while len(self._shown) > len(tickets):
            gone = self._shown.pop()
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for ticket, shown in zip(tickets, self._shown, strict=False):
            shown.show_ticket(ticket)
        for ticket in tickets[len(self._shown) :]:
            made = Ticketed(self._theme, ticket)
            made.toggled_by_hand.connect(self.toggled)
            place = len(self._shown)
            self._grid.addWidget(made, place // _ACROSS, place % _ACROSS)
            self._shown.append(made)
