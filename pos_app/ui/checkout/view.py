"""The checkout panel: it never moves and never scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame

from pos_app.language import _
from pos_app.ui.checkout.amount_field import AmountField
from pos_app.ui.checkout.askable import Askable
from pos_app.ui.checkout.detail import DetailSlot
from pos_app.ui.checkout.finished_view import FinishedView
from pos_app.ui.checkout.money_edit import MoneyEdit
from pos_app.ui.checkout.presenter import CheckoutPresenter
from pos_app.ui.checkout.state import CheckoutState, Field
from pos_app.ui.kit.announce import announce
from pos_app.ui.kit.buttons import Button, Kind, icon_button
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.keypad import Keypad
from pos_app.ui.kit.labels import Elided, Icon, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, row, rule
from pos_app.ui.kit.tenders import TenderRow
from pos_app.ui.kit.theme import Theme

LOW = 712
LOWEST = 680


class CheckoutView(QFrame):
    """Paints the order under way and reports what the cashier does to it."""

    why_wanted = Signal(object)

    def __init__(self, theme: Theme, presenter: CheckoutPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._turn = 0
        self.setProperty("kind", "panel")
        self.setAccessibleName(_("This order"))
        self.amount = AmountField(theme)
        self.detail = DetailSlot(theme)
        self.tenders = TenderRow(theme, _tender_options())
        self.keypad = Keypad(theme)
        self.call = CallToAction(theme)
        self._build()
        self.finished = FinishedView(theme, self)
        self._connect()
        self._follow_theme()
        theme.changed.connect(self._follow_theme)
        presenter.shown.attach(self.render_state)

    def render_state(self, state: CheckoutState) -> None:
        self._number.setText(state.number)
        self.amount.show_amount(state.amount)
        self.amount.show_tally(state.tally)
        self.detail.render_state(state)
        self._show_due(state)
        self._show_tenders(state)
        self._hold.label = f"{state.hold} {state.held}" if state.held else state.hold
        self._clear.setEnabled(state.clearable)
        if state.call_ready:
            self.call.ready(state.call)
        else:
            self.call.blocked(state.call)
        if state.finished is not None:
            self.finished.show_finished(state.finished, state.call)
            self.finished.raise_()
        self.finished.setVisible(state.finished is not None)
        self._follow_cursor(state)

    def type_key(self, key: str) -> None:
        """Take a key that was typed where nobody wanted it, or tapped on the keypad."""
        field = self._entry()
        if isinstance(field, AmountField) and not field.hasFocus():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.put(key)

    def enter(self) -> None:
        """Take the next step, but not by the second half of a double press."""
        if not self.finished.settling:
            self._presenter.enter()

    def pay(self) -> None:
        if not self.finished.settling:
            self._presenter.pay()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._fit(short=self.height() < LOW)
        self.finished.setGeometry(self.rect().adjusted(1, 0, 0, 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.density.panel, LOWEST)

    def _fit(self, *, short: bool) -> None:
        """Give way between the parts before any key becomes too small for a finger."""
        self.detail.be_short(short=short)
        gap = 5 if short else max(self._theme.density.gap - 4, 8)
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(gap)

    def _entry(self) -> AmountField | MoneyEdit:
        focused = QApplication.focusWidget()
        fields = (self.detail.cash.received, self.detail.split.first)
        return next((field for field in fields if field is focused), self.amount)

    def _erase(self) -> None:
        self._entry().erase()

    def _wipe(self) -> None:
        self._entry().wipe()

    def _show_due(self, state: CheckoutState) -> None:
        if state.due != self._due.text():
            announce(self, f"{state.due_caption} {state.due}")
        self._due_caption.setText(state.due_caption)
        self._due_note.setText(state.due_note)
        self._due.setText(state.due)
        self.why.ask_for(state.derived, state.due_caption)

    def _show_tenders(self, state: CheckoutState) -> None:
        for choice in state.tenders:
            if choice.reason:
                self.tenders.refuse(choice.name, choice.reason)
            else:
                self.tenders.allow(choice.name, choice.hint)
        self.tenders.select(state.rest or state.tender)

    def _follow_cursor(self, state: CheckoutState) -> None:
        if state.cursor.turn == self._turn:
            return
        self._turn = state.cursor.turn
        fields = {
            Field.AMOUNT: self.amount,
            Field.RECEIVED: self.detail.cash.received,
            Field.SHARE: self.detail.split.first,
        }
        field = fields[state.cursor.field]
        if field.isVisible():
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        theme = self._theme
        self._number = Pill("", Tone.MUTE)
        self._split = icon_button(theme, "layers", _("Split payment"))
        self._hold = Button(theme, _("Hold"), "pause", Kind.GHOST)
        self._clear = Button(theme, _("Reset"), "trash-2", Kind.GHOST)
        head = row(
            label(_("Order"), Role.H2),
            self._number,
            None,
            self._split,
            self._hold,
            self._clear,
            gap=6,
        )
        self._due_caption = label("", Role.BOLD)
        self._due_note = Elided("", Role.MUTED)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._due = label("", Role.DUE, align=right)
        caption = row(self._due_caption, Icon(theme, "info", "text3", 14), None, gap=5)
        words = column(None, caption, self._due_note, None, gap=0)
        due = row(words, self._due, gap=8)
        due.setStretch(0, 1)
        self.why = Askable(due)
        sizes = theme.density
        layout = column(
            head,
            self.amount,
            self.detail,
            rule(),
            self.why,
            self.tenders,
            self.keypad,
            self.call,
            gap=max(sizes.gap - 4, 8),
            margins=(sizes.pad + 2, sizes.pad - 6, sizes.pad + 2, sizes.pad),
        )
        layout.setStretch(6, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        to = self._presenter
        self.amount.edited.connect(to.amount_edited)
        self.amount.refused.connect(to.amount_refused)
        self.amount.pasted.connect(to.amount_pasted)
        self.amount.accumulated.connect(to.accumulate)
        for field in (self.amount, self.detail.cash.received, self.detail.split.first):
            field.returnPressed.connect(self.enter)
        self.detail.cash.received.textEdited.connect(to.received_edited)
        self.detail.cash.noted.connect(to.hand_over)
        self.detail.split.first.textEdited.connect(to.share_edited)
        self.detail.split.ended.connect(to.split)
        self.detail.notice.acted.connect(to.act)
        self.detail.deductions.why_wanted.connect(self.why_wanted)
        self.why.why_wanted.connect(self.why_wanted)
        self.tenders.chosen.connect(to.choose_tender)
        self.keypad.digit.connect(self.type_key)
        self.keypad.erased.connect(self._erase)
        self.keypad.cleared.connect(self._wipe)
        self.keypad.added.connect(to.accumulate)
        for button, act in (
            (self._split, to.split),
            (self._hold, to.hold),
            (self._clear, to.clear),
            (self.call, self.pay),
        ):
            button.clicked.connect(act)
        self.finished.next_wanted.connect(to.next_order)
        self.finished.print_wanted.connect(to.reprint)

    def _follow_theme(self) -> None:
        self.setFixedWidth(self._theme.density.panel)


def _tender_options() -> tuple[Option, ...]:
    return (
        Option("stored_value", _("Stored"), "wallet", "Ctrl+1"),
        Option("wechat", _("WeChat"), "message-circle", "Ctrl+2"),
        Option("alipay", _("Alipay"), "scan-qr-code", "Ctrl+3"),
        Option("cash", _("Cash"), "banknote", "Ctrl+4"),
        Option("card", _("Card"), "credit-card", "Ctrl+5"),
    )
