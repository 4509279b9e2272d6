"""The sheet of the second factor: it shows dots, never a figure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.second_factor.panes import ApprovalPane, BarredPane, PinPane
from pos_app.ui.second_factor.presenter import SecondFactorPresenter
from pos_app.ui.second_factor.state import SecondFactorState, Step


class SecondFactorSheet(Sheet):
    """Paints what is asked of member and manager; Esc gives up without harm."""

    def __init__(self, theme: Theme, host: QWidget, presenter: SecondFactorPresenter) -> None:
        super().__init__(theme, host, _("Confirm payment"), icon="shield-check", width=540)
        self._presenter = presenter
        self._turn = 0
        self._amount = label("", Role.DUE)
        self._after = label("", Role.BOLD, align=Qt.AlignmentFlag.AlignRight)
        self._after_caption = label(_("Balance after"), Role.MUTED)
        self.pin = PinPane(theme)
        self.approval = ApprovalPane(theme)
        self.barred = BarredPane(theme)
        self._panes = QStackedWidget()
        for pane in (self.pin, self.approval, self.barred):
            self._panes.addWidget(pane)
        self._problem = InlineError(theme)
        self._hint = label("", Role.MUTED, wrap=True)
        self._fill(theme)
        self._connect()
        presenter.shown.attach(self.render_state)

    def render_state(self, state: SecondFactorState) -> None:
        if state.step is Step.CLOSED:
            self._turn = state.turn
            self.dismiss()
            return
        self.set_subtitle(state.who)
        self._amount.setText(state.amount)
        self._after.setText(state.balance_after)
        self._after_caption.setVisible(bool(state.balance_after))
        self._problem.tell(state.problem if state.step is not Step.BARRED else "")
        self._hint.setText(state.hint)
        self._hint.setVisible(bool(state.hint))
        self.approval.reason.setText(" ".join(filter(None, (state.title, state.reason))))
        if state.step is Step.APPROVAL:
            self.approval.take_number(state.number)
        if state.turn != self._turn:
            self._turn = state.turn
            self._begin(state)

    def _begin(self, state: SecondFactorState) -> None:
        panes: dict[Step, QWidget] = {
            Step.PIN: self.pin,
            Step.APPROVAL: self.approval,
            Step.BARRED: self.barred,
        }
        for step, pane in panes.items():
            pane.setVisible(step is state.step)
        self._panes.setCurrentWidget(panes[state.step])
        self.barred.tell(state.problem)
        self._panes.setFixedHeight(_height_of(panes[state.step], self.card.width() - 60))
        if not self.isVisible():
            self.open()
        if state.step is Step.PIN:
            self.pin.begin(wrong=state.wrong)
        elif state.step is Step.APPROVAL:
            self.approval.begin(state.number, wrong=state.wrong)
        else:
            self.barred.begin()

    def _fill(self, theme: Theme) -> None:
        well = SoftBox()
        left = column(label(_("To be paid"), Role.MUTED), self._amount, gap=0)
        right = column(self._after_caption, self._after, gap=4)
        well.setLayout(row(left, None, right, margins=(18, 12, 18, 12)))
        cancel = Button(theme, _("Cancel"), hint="Esc")
        cancel.clicked.connect(self._presenter.cancel)
        self.body.addWidget(well)
        self.body.addWidget(self._panes)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._hint)
        foot = row(cancel)
        foot.setStretch(0, 1)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        to = self._presenter
        self.pin.completed.connect(to.pin_typed)
        self.pin.typed.connect(to.figure_typed)
        self.approval.submitted.connect(to.manager_typed)
        self.approval.typed.connect(to.figure_typed)
        self.barred.other_wanted.connect(to.pay_otherwise)
        self.closed.connect(to.cancel)


def _height_of(pane: QWidget, width: int) -> int:
    least = pane.sizeHint().height()
    return max(least, pane.heightForWidth(width)) if pane.hasHeightForWidth() else least
