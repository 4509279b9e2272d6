"""How much: the tickets of the ladder, or any other sum."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy

from pos_app.language import _
from pos_app.ui.kit.amount_box import AmountBox
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.fact_list import Paragraphs
from pos_app.ui.top_up.presenter import TopUpPresenter
from pos_app.ui.top_up.state import Preset, Refusal, TopUpState
from pos_app.ui.top_up.ticket import TopUpTicket

_COLUMNS = 2
_STEPS = (10_000, 50_000, 100_000)


class SumCard(QFrame):
    """One ticket chosen, or the sum in the box; a refusal offers the largest sum that fits."""

    def __init__(self, theme: Theme, presenter: TopUpPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self.setProperty("kind", "card")
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self.tickets: list[TopUpTicket] = []
        self._shown: tuple[Preset, ...] = ()
        self.amount = AmountBox(theme, _("Another sum"), "F2")
        self.amount.edited.connect(presenter.type_amount)
        self._refusal = InlineError(theme)
        self.largest = Button(theme, "", "check")
        self.largest.clicked.connect(self._take_largest)
        self._rules = Paragraphs()
        self._more = held(row(*(self._adder(step) for step in _STEPS), self._wipe(), gap=8))
        self._offered = 0
        self.setLayout(
            column(
                label(_("How much?"), Role.H2),
                self._grid,
                self.amount,
                self._more,
                self._refusal,
                row(self.largest, None),
                None,
                self._rules,
                gap=10,
                margins=(18, 14, 18, 14),
            )
        )

    def render_state(self, state: TopUpState) -> None:
        if state.presets != self._shown:
            self._lay_tickets(state.presets)
        for preset, ticket in zip(state.presets, self.tickets, strict=True):
            ticket.setChecked(preset.fen == state.chosen_fen)
        self.amount.show_amount(state.entry)
        self.setEnabled(not (state.busy or state.closed))
        self._rules.show_texts(tuple(filter(None, state.rule.split("\n"))))
        self._show_refusal(state.refusal)

    def _show_refusal(self, refusal: Refusal | None) -> None:
        for usual in (self._more, self._rules):
            usual.setVisible(refusal is None)
        self._refusal.tell(refusal.sentence if refusal is not None else "")
        self._offered = refusal.fen if refusal is not None else 0
        self.largest.label = refusal.offer if refusal is not None else ""
        self.largest.setVisible(bool(self._offered))

    def _lay_tickets(self, presets: tuple[Preset, ...]) -> None:
        for ticket in self.tickets:
            self._grid.removeWidget(ticket)
            ticket.deleteLater()
        self._shown = presets
        self.tickets = [self._ticket(place, preset) for place, preset in enumerate(presets)]
        for place, ticket in enumerate(self.tickets):
            self._grid.addWidget(ticket, place // _COLUMNS, place % _COLUMNS)

    def _ticket(self, place: int, preset: Preset) -> TopUpTicket:
        ticket = TopUpTicket(self._theme, preset, f"Alt+{place + 1}")
        ticket.clicked.connect(lambda: self._presenter.choose(preset.fen))
        return ticket

    def _adder(self, step: int) -> Button:
        button = Button(self._theme, f"+ \u00a5{step // 100}")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self._presenter.add(step))
        return button

    def _wipe(self) -> Button:
        button = Button(self._theme, _("Clear"), kind=Kind.GHOST)
        button.clicked.connect(lambda: self._presenter.type_amount(""))
        return button

    def _take_largest(self) -> None:
        self._presenter.choose(self._offered)
        self.amount.setFocus()
