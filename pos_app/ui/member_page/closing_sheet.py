"""The sheet in which a member's account is closed: terms, then the plan and its proofs."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.language import _
from pos_app.ui.approval.pane import ApprovalPane
from pos_app.ui.approval.state import ApprovalState
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.editors import DateBox, TickBox, code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.closing import ClosingPresenter
from pos_app.ui.member_page.closing_state import (
    ClosingAnswers,
    ClosingState,
    ClosingStep,
    ClosingTerms,
    PlanShown,
)
from pos_app.ui.parts.fact_list import FactList, Paragraphs
from pos_app.ui.parts.row_table import RowTable

_WIDTH = 840
_ROWS_SHOWN = 3
_DATE = "yyyy-MM-dd"


class TermsPane(QWidget):
    """Whose cause it is, since when, and the reference rate of the law."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        causes = (
            Option("consumer", _("The member's wish")),
            Option("merchant", _("The shop's cause")),
        )
        self.cause = Segmented(theme, causes)
        self.ended = DateBox(theme)
        self.rate = code_entry("1.50")
        self.known = TickBox(theme, _("The member had the same goods before the top-up"))
        help_text = _(
            "Member's wish: 1-year deposit benchmark. Shop's cause: 1-year LPR of the day of the "
            "top-up; of several, the highest."
        )
        fields = row(
            Field(theme, _("Contract ended on"), self.ended),
            Field(theme, _("Reference rate, % a year"), self.rate),
            gap=16,
        )
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        law = _(
            "Top-ups of the last 7 days that nobody used come back in full. Bonus is never paid "
            "out. Points, coupons and membership stay."
        )
        self.setLayout(
            column(
                label(law, Role.MUTED, wrap=True), 4, self.cause, 4, fields,
                label(help_text, Role.FAINT, wrap=True), self.known, gap=8,
            )
        )  # fmt: skip

    def begin(self, today: str) -> None:
        self.cause.select("consumer")
        self.ended.setDate(QDate.fromString(today, _DATE))
        self.rate.clear()
        self.known.setChecked(False)

    def typed(self) -> ClosingTerms:
        day = self.ended.date().toString(_DATE)
        return ClosingTerms(self.cause.current, day, self.rate.text(), self.known.isChecked())


class PlanPane(QWidget):
    """The derivation top-up by top-up, the sums, the way out, and the member's PIN."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        titles = (
            _("Top-up"), _("Paid + bonus"), _("Consumed"), _("Given back"), _("Interest"),
            _("Bonus cancelled"),
        )  # fmt: skip
        self.lots = RowTable(theme, _("Top-ups"), titles, numeric=(1, 2, 3, 4, 5), stretch=0)
        self._sums = FactList(gap=4)
        self._law = Paragraphs(Role.MUTED)
        ways = (
            Option("same_name_account", _("Member's own bank account")),
            Option("cash", _("Cash")),
        )
        self.way = Segmented(theme, ways)
        self.holder = QLineEdit()
        self.tail = code_entry("1234", digits=True)
        self.tail.setMaxLength(4)
        names = row(
            Field(theme, _("Account holder"), self.holder),
            Field(theme, _("Last 4 digits"), self.tail),
            gap=12,
        )
        names.setStretch(0, 2)
        names.setStretch(1, 1)
        self._account = held(names)
        self.pin = OtpEdit(theme, secret=True)
        left = held(column(self._sums, 4, self._law, None, gap=4))
        right = held(
            column(
                label(_("Paid out by"), Role.MUTED), self.way, 4, self._account,
                label(_("The member's PIN"), Role.MUTED), self.pin, None, gap=6,
            )
        )  # fmt: skip
        below = row(left, right, gap=28)
        below.setStretch(0, 1)
        below.setStretch(1, 1)
        self.setLayout(column(self.lots, below, gap=12))
        self.way.chosen.connect(self._show_account)
        self._pays = True

    def show_plan(self, plan: PlanShown) -> None:
        self.lots.show_rows(plan.lots)
        table = self.lots.table
        rows = min(len(plan.lots), _ROWS_SHOWN)
        line = table.verticalHeader().defaultSectionSize()
        self.lots.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows * line + 8)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sums.show_facts(plan.sums)
        self._law.show_texts(plan.law)
        for way in plan.ways:
            self.way.set_enabled(way.name, enabled=not way.reason, reason=way.reason)
        self._pays = plan.pays
        self._show_account(self.way.current)

    def begin(self) -> None:
        self.way.select("same_name_account")
        self.holder.clear()
        self.tail.clear()

    def answers(self) -> ClosingAnswers:
        return ClosingAnswers(
            self.way.current, self.holder.text(), self.tail.text(), self.pin.text()
        )

    def _show_account(self, way: str) -> None:
        self._account.setVisible(self._pays and way != "cash")


class ClosingSheet(Sheet):
    """Nothing is committed before the plan was seen; Esc leaves the account as it is."""

    def __init__(self, theme: Theme, host: QWidget, presenter: ClosingPresenter) -> None:
        super().__init__(
            theme, host, _("Close the stored-value account"), icon="wallet", width=_WIDTH
        )
        self._presenter = presenter
        self._round = self._turn = 0
        self.terms = TermsPane(theme)
        self.plan = PlanPane(theme)
        self._error = InlineError(theme)
        self.leave = Button(theme, _("Cancel"), hint="Esc")
        self.back = Button(theme, _("Back"), "arrow-left")
        self.go = CallToAction(theme, large=False)
        self.approval = ApprovalPane(theme, presenter.approval)
        buttons = row(self.leave, self.back, self.go, gap=12)
        for place, share in enumerate((2, 2, 5)):
            buttons.setStretch(place, share)
        self._form = held(column(self.terms, self.plan, self._error, 2, buttons, gap=12))
        self.body.addWidget(self._form)
        self.body.addWidget(self.approval)
        self._connect()
        presenter.shown.attach(self.render_state)
        presenter.approval.shown.attach(self._make_room)

    def render_state(self, state: ClosingState | None) -> None:
        if state is None:
            self.dismiss()
            return
        planned = state.step is ClosingStep.PLAN
        self.set_subtitle(state.who)
        self.terms.setVisible(not planned)
        self.plan.setVisible(planned)
        self.back.setVisible(planned)
        self._form.setEnabled(not state.busy)
        self._error.tell(state.problem)
        if state.plan is not None:
            self.plan.show_plan(state.plan)
        self._say(state)
        self._begin(state)

    def _say(self, state: ClosingState) -> None:
        verb = _("Work it out") if state.plan is None else state.plan.verb
        if state.busy:
            self.go.blocked(state.busy)
        else:
            self.go.ready(verb)

    def _begin(self, state: ClosingState) -> None:
        if state.round != self._round:
            self._round = state.round
            self.terms.begin(state.today)
            self.plan.begin()
            self.open(self.terms.rate)
        if state.turn != self._turn:
            self._turn = state.turn
            self.plan.pin.reset()

    def _connect(self) -> None:
        self.leave.clicked.connect(self.dismiss)
        self.back.clicked.connect(self._presenter.back)
        self.go.clicked.connect(self._go)
        self.terms.rate.returnPressed.connect(self._go)
        self.plan.pin.completed.connect(self._go)
        self.closed.connect(self._presenter.cancel)

    def _go(self) -> None:
        if self.plan.isVisibleTo(self._form):
            self._presenter.submit(self.plan.answers())
        else:
            self._presenter.work_out(self.terms.typed())

    def _make_room(self, approval: ApprovalState) -> None:
        self._form.setVisible(not approval.open)
        self.approval.setVisible(approval.open)
        if approval.open:
            self.approval.focus_first()
