"""Where every fen goes, the proof that somebody read the slip, and the danger button."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError, Note
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, held, row, rule
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.centred import scrolled
from pos_app.ui.parts.fact_list import FactList, Paragraphs
from pos_app.ui.refund.gifts_box import GiftsBox
from pos_app.ui.refund.presenter import RefundPresenter
from pos_app.ui.refund.state import Planned, RefundState

_TAIL = 4


class PlanCard(QFrame):
    """The plan; the button stays shut until the last digits of the slip are typed."""

    def __init__(self, theme: Theme, presenter: RefundPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.setProperty("kind", "card")
        self._total = label("", Role.DUE)
        self._back, self._taken = FactList(), FactList()
        self._taken_rule = rule()
        self._warnings = Paragraphs(Role.WARN)
        self._shortage_rule = rule()
        self._shortage = FactList()
        self.gifts = GiftsBox(theme, presenter.case)
        self._hint = Note(theme, _("Nothing is chosen yet."), "undo-2")
        self._well = SoftBox()
        self._well.setLayout(
            column(
                row(label(_("The member gets"), Role.MUTED), None, self._total),
                rule(),
                self._back,
                self._taken_rule,
                self._taken,
                self._shortage_rule,
                self._shortage,
                self._warnings,
                self.gifts,
                gap=8,
                margins=(16, 12, 16, 12),
            )
        )
        self._plan_area = scrolled(held(column(self._well, None)))
        self.tail = code_entry("0000", digits=True)
        self.tail.setMaxLength(_TAIL)
        self.tail.textEdited.connect(presenter.case.type_tail)
        self.tail.setAccessibleName(_("Last four digits of the slip"))
        self._error = InlineError(theme)
        self._reason = label("", Role.FAINT)
        self.cancel = Button(theme, _("Cancel"))
        self.cancel.clicked.connect(presenter.back)
        self.submit = Button(theme, "", "undo-2", Kind.DANGER)
        self.submit.clicked.connect(presenter.case.confirm)
        self._lay_out()

    def render_state(self, state: RefundState) -> None:
        self._show_plan(state.planned)
        self.gifts.render_state(state)
        if self.tail.text() != state.typed:
            self.tail.setText(state.typed)
        self.tail.setEnabled(not state.busy)
        self._error.tell(state.problem or state.closed)
        self._reason.setText(state.blocked)
        self.submit.label = state.cta or _("Refund")
        self.submit.setEnabled(not state.blocked)
        self.submit.setToolTip(state.blocked)
        self.submit.setAccessibleDescription(state.blocked)

    def _show_plan(self, planned: Planned | None) -> None:
        self._well.setVisible(planned is not None)
        self._hint.setVisible(planned is None)
        if planned is None:
            return
        self._total.setText(planned.total)
        self._back.show_facts(planned.back)
        self._taken.show_facts(planned.taken)
        self._taken_rule.setVisible(bool(planned.taken))
        self._taken.setVisible(bool(planned.taken))
        self._shortage.show_facts(planned.shortage)
        self._shortage_rule.setVisible(bool(planned.shortage))
        self._shortage.setVisible(bool(planned.shortage))
        self._warnings.show_texts(planned.warnings)

    def _lay_out(self) -> None:
        expanding, fixed = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        for button in (self.cancel, self.submit):
            button.setSizePolicy(expanding, fixed)
        buttons = row(self.cancel, self.submit, gap=10)
        buttons.setStretch(0, 2)
        buttons.setStretch(1, 3)
        read = _("Read the slip: type the last four digits of its number")
        self.setLayout(
            column(
                label(_("Where it goes"), Role.H2),
                self._hint,
                self._plan_area,
                label(read, Role.MUTED, wrap=True),
                self.tail,
                self._error,
                self._reason,
                buttons,
                gap=8,
                margins=(18, 14, 18, 18),
            )
        )
