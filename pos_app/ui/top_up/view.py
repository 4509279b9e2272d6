"""The top-up page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.approval.or_approval import OrApproval
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.centred import centred, scrolled
from pos_app.ui.parts.member_strip import MemberStrip
from pos_app.ui.parts.outcome_panel import OutcomePanel
from pos_app.ui.parts.page_head import PageHead
from pos_app.ui.top_up.document_strip import DocumentStrip
from pos_app.ui.top_up.pay_card import PayCard
from pos_app.ui.top_up.presenter import TopUpPresenter
from pos_app.ui.top_up.state import TopUpState
from pos_app.ui.top_up.sum_card import SumCard


class TopUpView(QWidget):
    """On the left how much, on the right what it brings and how it is paid."""

    def __init__(self, theme: Theme, presenter: TopUpPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._member = ""
        sizes = theme.density
        head = PageHead(theme, "wallet", _("Top-up"))
        head.left.connect(presenter.close)
        self._strip = MemberStrip(theme)
        self.sums = SumCard(theme, presenter)
        self.pay = PayCard(theme, presenter)
        self.document = DocumentStrip(theme, presenter.document)
        self.right = OrApproval(theme, self.pay, presenter.approval)
        self.outcome = OutcomePanel(theme, _("Top up again"))
        self._nobody = EmptyState(
            theme, "scan-line", _("Scan a member, or find one with F1. Then top up here.")
        )
        self._pages = QStackedWidget()
        for page in (self._nobody, self._desk(sizes.gap), centred(self.outcome)):
            self._pages.addWidget(page)
        margins = (sizes.pad + 2, sizes.pad - 2, sizes.pad + 2, sizes.pad)
        self.setLayout(column(head, self._pages, gap=sizes.gap, margins=margins))
        self._connect()
        presenter.shown.attach(self.render_state)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            return
        super().keyPressEvent(event)

    def render_state(self, state: TopUpState) -> None:
        self._pages.setCurrentIndex(_page(state))
        if state.outcome is not None:
            self._show_outcome(state)
            return
        self._strip.show_member(state.member, state.tier, state.contact)
        if state.before:
            total, *parts = state.before
            below = " · ".join(f"{part.label} {part.value}" for part in parts)
            warns = bool(state.basis)
            self._strip.show_figure(total.label, total.value, state.basis or below, warns=warns)
        self.sums.render_state(state)
        self.pay.render_state(state)
        if state.member and state.member != self._member:
            self._focus_first()
        self._member = state.member

    def _focus_first(self) -> None:
        if self._presenter.document.shown.state.asked:
            self.document.focus_first()
        else:
            self.sums.amount.setFocus()

    def _show_outcome(self, state: TopUpState) -> None:
        if state.outcome is not None:
            self._member = ""
            self.outcome.show_outcome(state.outcome)
            self.outcome.done.setFocus()

    def _desk(self, gap: int) -> QWidget:
        desk = QWidget()
        columns = row(self.sums, self.right, gap=gap)
        columns.setStretch(0, 8)
        columns.setStretch(1, 7)
        layout = column(self._strip, self.document, columns, gap=gap)
        layout.setStretch(2, 1)
        desk.setLayout(layout)
        return scrolled(desk)

    def _connect(self) -> None:
        self.outcome.finished.connect(self._presenter.close)
        self.outcome.repeated.connect(self._presenter.again)
        self.outcome.reprinted.connect(self._presenter.print_again)

    def _escape(self) -> None:
        """Close one layer: the approval first, then the page."""
        if self._presenter.approval.shown.state.open:
            self._presenter.approval.close()
        else:
            self._presenter.close()


def _page(state: TopUpState) -> int:
    if state.outcome is not None:
        return 2
    return 1 if state.member else 0
