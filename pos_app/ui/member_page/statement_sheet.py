"""The sheet that asks for the days of a printed statement."""

from __future__ import annotations

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.editors import DateBox
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import row
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.state import StatementAsk

_WIDTH = 560
_DATE = "yyyy-MM-dd"


class StatementSheet(Sheet):
    """From, to, and print."""

    print_wanted = Signal(str, str)

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, _("Stored-value statement"), icon="printer", width=_WIDTH)
        self.first, self.last = DateBox(theme), DateBox(theme)
        days = row(Field(theme, _("From"), self.first), Field(theme, _("To"), self.last), gap=16)
        days.setStretch(0, 1)
        days.setStretch(1, 1)
        self._error = InlineError(theme)
        self.submit = CallToAction(theme)
        words = _("Every movement of these days and the balance after it, with the name masked.")
        self.body.addWidget(label(words, Role.MUTED, wrap=True))
        self.body.addLayout(days)
        self.body.addWidget(self._error)
        self.body.addWidget(self.submit)
        self.submit.ready(_("Print the statement"))
        self.submit.clicked.connect(self._submit)
        self.set_default(self.submit)

    def render_state(self, state: StatementAsk | None) -> None:
        if state is None:
            self.dismiss()
            return
        self._error.tell(state.problem)
        if not self.isVisible():
            self.first.setDate(QDate.fromString(state.first, _DATE))
            self.last.setDate(QDate.fromString(state.last, _DATE))
            self.open(self.first)

    def _submit(self) -> None:
        days = (box.date().toString(_DATE) for box in (self.first, self.last))
        self.print_wanted.emit(*days)
