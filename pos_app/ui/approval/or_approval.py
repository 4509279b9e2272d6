"""A place that shows its usual content, or the approval pane while one is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.approval.pane import ApprovalPane
from pos_app.ui.approval.presenter import ApprovalPresenter
from pos_app.ui.approval.state import ApprovalState
from pos_app.ui.kit.theme import Theme


class OrApproval(QStackedWidget):
    """Turning over instead of hiding keeps the window from growing for a moment."""

    def __init__(self, theme: Theme, usual: QWidget, presenter: ApprovalPresenter) -> None:
        super().__init__()
        self.pane = ApprovalPane(theme, presenter)
        self.addWidget(usual)
        self.addWidget(self.pane)
        presenter.shown.attach(self._turn)

    def _turn(self, state: ApprovalState) -> None:
        page = 1 if state.open else 0
        if self.currentIndex() != page:
            self.setCurrentIndex(page)
            if state.open:
                self.pane.focus_first()
