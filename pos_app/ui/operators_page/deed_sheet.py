"""The sheet in which a deed about an operator is filled in and confirmed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, held, row, rule
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.operators_page.presenter import OperatorsPresenter
from pos_app.ui.operators_page.state import Answers, Deed, DeedSheet

_WIDTH = 560
_PIN_DIGITS = 6
_WITH_NAME = (Deed.ADD, Deed.EDIT)
_WITH_PIN = (Deed.ADD, Deed.PIN)


class OperatorDeedSheet(Sheet):
    """One sheet for all deeds: the fields that one needs, then the PIN of whoever decides."""

    def __init__(self, theme: Theme, host: QWidget, presenter: OperatorsPresenter) -> None:
        super().__init__(theme, host, _("Operators"), icon="id-card", width=_WIDTH)
        self._presenter = presenter
        self._round = 0
        self._attempt = 0
        self._first: QWidget | None = None
        self._title = label("", Role.H2, wrap=True)
        self._words = label("", Role.MUTED, wrap=True)
        self.number, self.name = code_entry("1001", digits=True), QLineEdit()
        self.number_field = Field(theme, _("Staff number"), self.number)
        self.name_field = Field(theme, _("Name"), self.name)
        self.role = Segmented(theme, (Option("cashier", _("Cashier")), _manager()))
        self._role_reason = label("", Role.FAINT, wrap=True)
        self._role_part = held(column(label(_("Role"), Role.MUTED), self.role, self._role_reason))
        self.pin, self.pin_again = _pin_entry(), _pin_entry()
        help_pin = _("Six digits, not easily guessed. Nobody can look it up later.")
        self.pin_field = Field(theme, _("PIN of the operator"), self.pin, help_text=help_pin)
        self.again_field = Field(theme, _("PIN once more"), self.pin_again)
        self._confirmed_by = label("", Role.MUTED)
        self.own_pin = OtpEdit(theme, secret=True)
        self._error = InlineError(theme)
        self.cancel = Button(theme, _("Cancel"), hint="Esc")
        self.submit = CallToAction(theme, large=False)
        self.danger = Button(theme, "", kind=Kind.DANGER)
        self._lay_out()
        self._connect()

    def render_state(self, sheet: DeedSheet | None) -> None:
        if sheet is None:
            self.dismiss()
            return
        answered = not (sheet.busy or self._form.isEnabled())
        self._form.setEnabled(not sheet.busy)
        if sheet.round != self._round:
            self._round, self._attempt = sheet.round, sheet.attempt
            self._begin(sheet)
        self.number_field.set_error(sheet.problems.number)
        self.name_field.set_error(sheet.problems.name)
        self.pin_field.set_error(sheet.problems.pin)
        self.again_field.set_error(sheet.problems.pin_again)
        self._error.tell(sheet.problem)
        if sheet.busy:
            self.submit.blocked(_("Working …"))
        else:
            self.submit.ready(sheet.verb)
        if sheet.attempt != self._attempt:
            self._attempt = sheet.attempt
            self.own_pin.refuse()
            self.own_pin.setFocus()
        elif answered and self._first is not None:
            self._first.setFocus()  # a form that was shut has lost it

    def _begin(self, sheet: DeedSheet) -> None:
        self._title.setText(sheet.title)
        self._words.setText(sheet.words)
        self.set_subtitle(sheet.who)
        self._confirmed_by.setText(_("Your own PIN ({who})").format(who=sheet.confirmed_by))
        self.number_field.setVisible(sheet.deed is Deed.ADD)
        self._who.setVisible(sheet.deed in _WITH_NAME)
        self._role_part.setVisible(sheet.deed in _WITH_NAME)
        self._pins.setVisible(sheet.deed in _WITH_PIN)
        self._forget()
        self.name.setText(sheet.name)
        self.role.select(sheet.role)
        self.role.set_enabled("cashier", enabled=not sheet.role_reason, reason=sheet.role_reason)
        self._role_reason.setText(sheet.role_reason)
        self._role_reason.setVisible(bool(sheet.role_reason))
        self.submit.setVisible(not sheet.danger)
        self.danger.setVisible(sheet.danger)
        self.danger.label = sheet.verb
        first = {Deed.ADD: self.number, Deed.EDIT: self.name, Deed.PIN: self.pin}
        self._first = first.get(sheet.deed, self.own_pin)
        self.open(self._first)

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        who = row(self.number_field, self.name_field, gap=12)
        pins = row(self.pin_field, self.again_field, gap=12)
        for pair, shares in ((who, (2, 3)), (pins, (1, 1))):
            for place, part in enumerate(shares):
                pair.setStretch(place, part)
        for field in (self.number_field, self.name_field):
            who.setAlignment(field, top)
        for field in (self.pin_field, self.again_field):
            pins.setAlignment(field, top)
        self._who, self._pins = held(who), held(pins)
        buttons = row(self.cancel, self.submit, self.danger, gap=12)
        for place, share in enumerate((2, 3, 3)):
            buttons.setStretch(place, share)
        self._form = held(
            column(
                self._title, self._words, self._who, self._role_part, self._pins,
                rule(), self._confirmed_by, self.own_pin, self._error, 4, buttons, gap=12,
            )
        )  # fmt: skip
        self.body.addWidget(self._form)

    def _connect(self) -> None:
        self.number.returnPressed.connect(self.name.setFocus)
        self.name.returnPressed.connect(self._after_name)
        self.pin.returnPressed.connect(self.pin_again.setFocus)
        self.pin_again.returnPressed.connect(self.own_pin.setFocus)
        self.own_pin.completed.connect(self._submit)
        self.own_pin.returnPressed.connect(self._submit)
        self.cancel.clicked.connect(self.dismiss)
        self.submit.clicked.connect(self._submit)
        self.danger.clicked.connect(self._submit)
        self.closed.connect(self._closed)

    def _after_name(self) -> None:
        (self.pin if self.pin.isVisible() else self.own_pin).setFocus()

    def _closed(self) -> None:
        self._forget()
        self._presenter.deeds.cancel()

    def _forget(self) -> None:
        """Leave nothing that was typed for whoever comes next."""
        for edit in (self.number, self.name, self.pin, self.pin_again):
            edit.clear()
        self.own_pin.reset()

    def _submit(self) -> None:
        self._presenter.deeds.submit(
            Answers(
                number=self.number.text(),
                name=self.name.text(),
                role=self.role.current,
                pin=self.pin.text(),
                pin_again=self.pin_again.text(),
                own_pin=self.own_pin.text(),
            )
        )


def _manager() -> Option:
    return Option("manager", _("Manager"))


def _pin_entry() -> QLineEdit:
    edit = code_entry("••••••", digits=True)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setMaxLength(_PIN_DIGITS)
    return edit
