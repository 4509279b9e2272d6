"""The refund page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.approval.or_approval import OrApproval
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.centred import centred
from pos_app.ui.parts.outcome_panel import OutcomePanel
from pos_app.ui.parts.page_head import PageHead
from pos_app.ui.refund.find_card import FindCard
from pos_app.ui.refund.plan_card import PlanCard
from pos_app.ui.refund.presenter import RefundPresenter
from pos_app.ui.refund.state import RefundState
from pos_app.ui.refund.what_card import WhatCard


class RefundView(QWidget):
    """First which sale, then how much and why on the left, where it goes on the right."""

    def __init__(self, theme: Theme, presenter: RefundPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._page = 0
        sizes = theme.density
        self._head = PageHead(theme, "undo-2", _("Refund"))
        self._head.left.connect(self._escape)
        self.finder = FindCard(theme, presenter)
        self.what = WhatCard(theme, presenter.case)
        self.plan = PlanCard(theme, presenter)
        self.right = OrApproval(theme, self.plan, presenter.approval)
        self.outcome = OutcomePanel(theme, _("Another refund"))
        self._pages = QStackedWidget()
        for page in (self.finder, self._desk(sizes.gap), centred(self.outcome)):
            self._pages.addWidget(page)
        margins = (sizes.pad + 2, sizes.pad - 2, sizes.pad + 2, sizes.pad)
        self.setLayout(column(self._head, self._pages, gap=sizes.gap, margins=margins))
        self._connect()
        presenter.shown.attach(self.render_state)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            return
        super().keyPressEvent(event)

    def render_state(self, state: RefundState) -> None:
        page = 2 if state.outcome is not None else 1 if state.slip is not None else 0
        self._pages.setCurrentIndex(page)
        self._show_head(state)
        if state.outcome is not None:
            self.outcome.show_outcome(state.outcome)
        elif state.slip is not None:
            self.what.render_state(state)
            self.plan.render_state(state)
        else:
            self.finder.render_state(state)
        if page != self._page:
            self._page = page
            self._focus(page)

    def focus_first(self) -> None:
        """Put the focus where the next step begins."""
        self._focus(self._page)

    def _focus(self, page: int) -> None:
        # A danger button never has the focus by itself.
        first: tuple[QWidget, ...] = (self.finder.slip, self.plan.cancel, self.outcome.done)
        first[page].setFocus()

    def _show_head(self, state: RefundState) -> None:
        if state.slip is None or state.outcome is not None:
            self._head.set_title(_("Refund"))
            self._head.set_subtitle("")
            return
        self._head.set_title(_("Refund of {slip}").format(slip=state.slip.number))
        self._head.set_subtitle(state.slip.subtitle)

    def _desk(self, gap: int) -> QWidget:
        desk = QWidget()
        columns = row(self.what, self.right, gap=gap)
        columns.setStretch(0, 1)
        columns.setStretch(1, 1)
        desk.setLayout(columns)
        return desk

    def _connect(self) -> None:
        self.outcome.finished.connect(self._presenter.close)
        self.outcome.repeated.connect(self._presenter.back)
        self.outcome.reprinted.connect(self._presenter.print_again)

    def _escape(self) -> None:
        """Close one layer: the approval, the sale, the page."""
        state = self._presenter.shown.state
        if self._presenter.approval.shown.state.open:
            self._presenter.approval.close()
        elif state.slip is not None and state.outcome is None:
            self._presenter.back()
        else:
            self._presenter.close()
