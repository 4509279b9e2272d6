"""The pane in which a manager agrees, on the page that asks."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from pos_app.language import _
from pos_app.ui.approval.presenter import ApprovalPresenter
from pos_app.ui.approval.state import ApprovalState
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import IconTile, Role, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.theme import Theme


class ApprovalPane(QFrame):
    """What, how much, which rule; then number and PIN of somebody else. Its owner shows it."""

    def __init__(self, theme: Theme, presenter: ApprovalPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._attempt = 0
        self._open = False
        self.setProperty("kind", "card")
        self.setAccessibleName(_("A manager must agree"))
        self._what = label("", Role.H2, wrap=True)
        self._rule = label("", Role.MUTED, wrap=True)
        self._asker = label("", Role.FAINT)
        self.number = code_entry("1001", digits=True)
        self.pin = OtpEdit(theme, secret=True)
        self.pin.completed.connect(self._submit)
        self.number.returnPressed.connect(self.pin.setFocus)
        self._error = InlineError(theme)
        self.cancel = Button(theme, _("Do not ask"))
        self.cancel.clicked.connect(presenter.close)
        self._lay_out(theme)
        presenter.shown.attach(self.render_state)

    def render_state(self, state: ApprovalState) -> None:
        opening = state.open and not self._open
        self._open = state.open
        self._what.setText(state.what)
        self._rule.setText(state.rule)
        self._asker.setText(_("Asked by {who}").format(who=state.asked_by))
        self._error.tell(state.problem)
        self.pin.setEnabled(not state.busy)
        self.number.setEnabled(not state.busy)
        if state.attempt != self._attempt:
            self._attempt = state.attempt
            self._empty(wrong=bool(state.problem))
        if opening or (state.number and state.number != self.number.text()):
            self.number.setText(state.number)
            if state.number:
                self.pin.setFocus()

    def focus_first(self) -> None:
        """Put the focus where typing begins."""
        self.number.setFocus()

    def _lay_out(self, theme: Theme) -> None:
        head = row(
            IconTile(theme, "shield-check", "warn", 44),
            held(column(label(_("A manager must agree"), Role.H2), self._asker, gap=1)),
            None,
            gap=12,
        )
        box = SoftBox()
        box.setLayout(column(self._what, self._rule, gap=4, margins=(16, 12, 16, 12)))
        self.setLayout(
            column(
                head,
                box,
                Field(theme, _("Manager's staff number"), self.number),
                label(_("Manager's PIN"), Role.MUTED),
                self.pin,
                self._error,
                self.cancel,
                None,
                gap=10,
                margins=(18, 16, 18, 16),
            )
        )

    def _empty(self, *, wrong: bool) -> None:
        if wrong:
            self.pin.refuse()
            self.pin.setFocus()
        else:
            self.pin.reset()

    def _submit(self, pin: str) -> None:
        self._presenter.submit(self.number.text(), pin)
