"""The sheet in which an exception is decided: why, and the PIN of a manager."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.language import _
from pos_app.ui.approval.pane import ApprovalPane
from pos_app.ui.approval.state import ApprovalState
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.sync_page.presenter import SyncPagePresenter
from pos_app.ui.sync_page.state import DecideSheet

_WIDTH = 560


class DecideSheetView(Sheet):
    """One sheet for every decision; a cashier's turns over to the approval pane."""

    def __init__(self, theme: Theme, host: QWidget, presenter: SyncPagePresenter) -> None:
        super().__init__(theme, host, _("Exception"), icon="triangle-alert", width=_WIDTH)
        self._presenter = presenter
        self._round = self._attempt = 0
        self._title = label("", Role.H2, wrap=True)
        self._words = label("", Role.MUTED, wrap=True)
        self._asked = label("", Role.MUTED)
        self.why = QLineEdit()
        self._confirmed_by = label("", Role.MUTED)
        self.own_pin = OtpEdit(theme, secret=True)
        self._own = held(column(self._confirmed_by, self.own_pin, gap=6))
        self._error = InlineError(theme)
        self.cancel = Button(theme, _("Cancel"), hint="Esc")
        self.submit = CallToAction(theme, large=False)
        self.approval = ApprovalPane(theme, presenter.approval)
        self._lay_out()
        self._connect()
        presenter.approval.shown.attach(self._make_room)

    def render_state(self, sheet: DecideSheet | None) -> None:
        if sheet is None:
            self.dismiss()
            return
        if sheet.round != self._round:
            self._round, self._attempt = sheet.round, sheet.attempt
            self._begin(sheet)
        self._error.tell(sheet.problem)
        self._form.setEnabled(not sheet.busy)
        if sheet.busy:
            self.submit.blocked(_("Working …"))
        else:
            self.submit.ready(sheet.verb)
        if sheet.attempt != self._attempt:
            self._attempt = sheet.attempt
            self.own_pin.refuse()
            self.own_pin.setFocus()

    def _begin(self, sheet: DecideSheet) -> None:
        self._title.setText(sheet.title)
        self._words.setText(sheet.words)
        self.set_subtitle(sheet.who)
        self._asked.setText(sheet.asked)
        self.why.setAccessibleName(sheet.asked)
        self._confirmed_by.setText(_("Your own PIN ({who})").format(who=sheet.confirmed_by))
        self._own.setVisible(bool(sheet.confirmed_by))
        self._forget()
        self.open(self.why)

    def _lay_out(self) -> None:
        buttons = row(self.cancel, self.submit, gap=12)
        for place, share in enumerate((2, 3)):
            buttons.setStretch(place, share)
        asked = column(self._asked, self.why, gap=6)
        self._form = held(
            column(
                self._title, self._words, asked, self._own, self._error, 4, buttons, gap=12
            )
        )  # fmt: skip
        self.body.addWidget(self._form)
        self.body.addWidget(self.approval)

    def _connect(self) -> None:
        self.why.returnPressed.connect(self._after_why)
        self.own_pin.completed.connect(self._submit)
        self.own_pin.returnPressed.connect(self._submit)
        self.cancel.clicked.connect(self.dismiss)
        self.submit.clicked.connect(self._submit)
        self.closed.connect(self._closed)

    def _make_room(self, approval: ApprovalState) -> None:
        self._form.setVisible(not approval.open)
        self.approval.setVisible(approval.open)
        if approval.open:
            self.approval.focus_first()

    def _after_why(self) -> None:
        if self._own.isVisible():
            self.own_pin.setFocus()
        else:
            self._submit()

    def _closed(self) -> None:
        self._forget()
        self._presenter.deciding.cancel()

    def _forget(self) -> None:
        """Leave nothing that was typed for whoever comes next."""
        self.why.clear()
        self.own_pin.reset()

    def _submit(self) -> None:
        self._presenter.deciding.submit(self.why.text(), self.own_pin.text())
