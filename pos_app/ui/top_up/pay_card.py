"""What the sum brings, how it is paid, and the one button."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError, Note
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.editors import TickBox
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, row, rule
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.tenders import TenderRow
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.top_up.document_strip import DocumentNote
from pos_app.ui.top_up.presenter import TopUpPresenter
from pos_app.ui.top_up.state import TopUpState


class PayCard(QFrame):
    """The bonus rung by rung, the balance pocket by pocket, the tender, the act."""

    def __init__(self, theme: Theme, presenter: TopUpPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self.setProperty("kind", "card")
        self._bonus = FactList()
        self._after = FactList()
        self._hint = Note(theme, _("Choose a sum to see what it brings."), "gift")
        self._well = SoftBox()
        self._well.setLayout(
            column(self._bonus, rule(), self._after, gap=8, margins=(16, 12, 16, 12))
        )
        self._tenders: TenderRow | None = None
        self._tender_place = QVBoxLayout()
        self._closed = InlineError(theme)
        self.company = TickBox(theme, _("A company pays"))
        self.company.toggled.connect(lambda on: presenter.choose_payer(company=on))
        self._error = InlineError(theme)
        self.submit = CallToAction(theme)
        self.submit.clicked.connect(presenter.confirm)
        self.setLayout(
            column(
                label(_("What it brings"), Role.H2),
                self._hint,
                self._closed,
                self._well,
                None,
                DocumentNote(theme, presenter.document),
                row(label(_("Paid by"), Role.H2), None, self.company),
                self._tender_place,
                self._error,
                self.submit,
                gap=10,
                margins=(18, 14, 18, 18),
            )
        )

    def render_state(self, state: TopUpState) -> None:
        self._bonus.show_facts(state.bonus)
        self._after.show_facts(state.after)
        self._well.setVisible(bool(state.after))
        self._hint.setVisible(not (state.after or state.closed))
        self._show_tenders(state)
        self.company.setChecked(state.company)
        self._error.tell(state.problem)
        self._closed.tell(state.closed)
        if state.blocked:
            self.submit.blocked(state.blocked)
        else:
            self.submit.ready(state.cta)

    def _show_tenders(self, state: TopUpState) -> None:
        if self._tenders is None and state.tenders:
            options = [Option(one.name, one.text, one.icon) for one in state.tenders]
            self._tenders = TenderRow(self._theme, options)
            self._tenders.chosen.connect(self._presenter.choose_tender)
            self._tender_place.addWidget(self._tenders)
        if self._tenders is not None:
            self._tenders.select(state.tender)
            self._tenders.setEnabled(not state.busy)
