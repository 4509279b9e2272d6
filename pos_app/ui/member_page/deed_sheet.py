"""The sheet in which a deed about a member is filled in and agreed to."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.language import _
from pos_app.ui.approval.pane import ApprovalPane
from pos_app.ui.approval.state import ApprovalState
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.edit_fields import EditFields
from pos_app.ui.member_page.presenter import MemberPagePresenter
from pos_app.ui.member_page.state import Answers, Deed, DeedSheet
from pos_app.ui.member_page.tier_fields import TierFields

_WIDTH = 560
_WITH_REASON = (Deed.REVEAL, Deed.FREEZE, Deed.UNFREEZE, Deed.BLACKLIST, Deed.TIER)


class MemberDeedSheet(Sheet):
    """One sheet for all deeds: a reason, two PINs, or new values; then perhaps a manager."""

    def __init__(self, theme: Theme, host: QWidget, presenter: MemberPagePresenter) -> None:
        super().__init__(theme, host, _("Member"), icon="id-card", width=_WIDTH)
        self._presenter = presenter
        self._round = 0
        self._deed = Deed.EDIT
        self._title = label("", Role.H2, wrap=True)
        self._words = label("", Role.MUTED, wrap=True)
        self.reason = QLineEdit()
        self._reason_field = Field(theme, _("Why?"), self.reason)
        self.pin, self.pin_again = OtpEdit(theme, secret=True), OtpEdit(theme, secret=True)
        self._pins = held(
            column(
                label(_("New PIN"), Role.MUTED), self.pin,
                label(_("PIN once more"), Role.MUTED), self.pin_again, gap=6,
            )
        )  # fmt: skip
        self.phone = code_entry()
        self._phone_field = Field(theme, _("New phone number"), self.phone)
        self.edit, self.tier = EditFields(theme), TierFields(theme)
        self._error = InlineError(theme)
        self.cancel = Button(theme, _("Cancel"), hint="Esc")
        self.submit = CallToAction(theme, large=False)
        self.danger = Button(theme, "", kind=Kind.DANGER)
        self.approval = ApprovalPane(theme, presenter.approval)
        self._lay_out()
        self._connect()
        presenter.approval.shown.attach(self._make_room)

    def render_state(self, sheet: DeedSheet | None) -> None:
        if sheet is None:
            self.dismiss()
            return
        if sheet.round != self._round:
            self._round = sheet.round
            self._begin(sheet)
        self._error.tell(sheet.problem)
        self.edit.show_card(sheet.card, sheet.card_hint)
        self._form.setEnabled(not sheet.busy)
        self.danger.setEnabled(not sheet.busy)
        if sheet.busy:
            self.submit.blocked(_("Working …"))
        else:
            self.submit.ready(sheet.verb)

    def _begin(self, sheet: DeedSheet) -> None:
        self._deed = sheet.deed
        self._title.setText(sheet.title)
        self._words.setText(sheet.words)
        self.set_subtitle(sheet.who)
        self._reason_field.setVisible(sheet.deed in _WITH_REASON)
        self._pins.setVisible(sheet.deed is Deed.PIN)
        self._phone_field.setVisible(sheet.deed is Deed.PHONE)
        self.edit.setVisible(sheet.deed is Deed.EDIT)
        self.edit.begin(sheet)
        self.tier.setVisible(sheet.deed is Deed.TIER)
        self.tier.begin(sheet)
        self.reason.clear()
        self.phone.clear()
        self.pin.reset()
        self.pin_again.reset()
        self.submit.setVisible(not sheet.danger)
        self.danger.setVisible(sheet.danger)
        self.danger.label = sheet.verb
        first: dict[Deed, QWidget] = {
            Deed.PIN: self.pin,
            Deed.EDIT: self.edit.name,
            Deed.PHONE: self.phone,
        }
        self.open(first.get(sheet.deed, self.reason if sheet.deed in _WITH_REASON else None))

    def _lay_out(self) -> None:
        buttons = row(self.cancel, self.submit, self.danger, gap=12)
        buttons.setStretch(0, 2)
        buttons.setStretch(1, 3)
        buttons.setStretch(2, 3)
        self._form = held(
            column(
                self._title, self._words, self.tier, self._reason_field, self._pins,
                self._phone_field, self.edit, self._error,
                4, buttons, gap=12,
            )
        )  # fmt: skip
        self.body.addWidget(self._form)
        self.body.addWidget(self.approval)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.dismiss)
        self.submit.clicked.connect(self._submit)
        self.danger.clicked.connect(self._submit)
        self.reason.returnPressed.connect(self._submit)
        self.phone.returnPressed.connect(self._submit)
        self.pin.completed.connect(self.pin_again.setFocus)
        self.pin_again.completed.connect(self._submit)
        self.closed.connect(self._presenter.deeds.cancel)

    def _make_room(self, approval: ApprovalState) -> None:
        self._form.setVisible(not approval.open)
        self.approval.setVisible(approval.open)
        if approval.open:
            self.approval.focus_first()

    def _submit(self) -> None:
        tier, until = self.tier.answers()
        self._presenter.deeds.submit(
            Answers(
                reason=self.reason.text(),
                pin=self.pin.text(),
                pin_again=self.pin_again.text(),
                edit=self.edit.answers(),
                phone=self.phone.text(),
                tier=tier,
                until=until,
            )
        )
