"""The journal page: the lines on the left, one of them explained on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.journal_page.explain_panel import ExplainPanel
from pos_app.ui.journal_page.presenter import JournalPresenter
from pos_app.ui.journal_page.state import JournalState
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button, Kind, icon_button
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.page_head import PageHead
from pos_app.ui.parts.row_table import RowTable


class JournalView(QWidget):
    """Day and kind above, the table below; a picked line opens its panel."""

    alerts_wanted = Signal()

    def __init__(self, theme: Theme, presenter: JournalPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._head = PageHead(theme, "receipt-text", _("Journal"), can_leave=False)
        self.earlier = icon_button(theme, "chevron-left", _("Day before"))
        self.later = icon_button(theme, "chevron-right", _("Day after"))
        self.day = Button(theme, "", "calendar-days", Kind.PLAIN)
        self.all_days = Button(theme, _("All days"), kind=Kind.GHOST)
        self.member = Button(theme, "", "x", Kind.PLAIN)
        self.alerts = Button(theme, _("Radar"), "shield-alert", Kind.PLAIN)
        self.alerts.clicked.connect(self.alerts_wanted)
        self.groups = Segmented(theme, _groups())
        self.table = RowTable(theme, _("Journal"), _titles(), numeric=(5, 6), stretch=1)
        self._error = InlineError(theme)
        self._empty = EmptyState(theme, "receipt-text", _("Nothing happened here on that day."))
        self.more = Button(theme, _("Show earlier lines"), "history", Kind.GHOST)
        self.panel = ExplainPanel(theme, presenter)
        self._lay_out(theme)
        self._connect()
        presenter.shown.attach(self.render_state)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self._presenter.close_explained()
            return
        super().keyPressEvent(event)

    def render_state(self, state: JournalState) -> None:
        self.day.label = state.day_words
        self.later.setEnabled(not state.newest_day)
        self.all_days.setVisible(bool(state.day))
        self.member.label = state.member
        self.member.setVisible(bool(state.member))
        self.groups.select(state.group)
        self.table.show_rows(state.rows)
        self._table_or_empty.setCurrentIndex(0 if state.rows or state.busy else 1)
        self.more.setVisible(state.more)
        self._error.tell(state.problem)
        narrow = state.explained is not None and self._theme.density.name == "compact"
        for place in _HIDDEN_BESIDE_THE_PANEL:
            self.table.table.setColumnHidden(place, narrow)
        self.panel.render_state(state.explained)

    def show_alerts(self, words: str) -> None:
        """Say how many alerts of the radar wait, nothing where there are none."""
        self.alerts.setToolTip(words)
        self.alerts.setAccessibleDescription(words)

    def _lay_out(self, theme: Theme) -> None:
        sizes = theme.density
        for part in (self.alerts, self.member, self.earlier, self.day, self.later, self.all_days):
            self._head.side.addWidget(part)
        self._table_or_empty = QStackedWidget()
        self._table_or_empty.addWidget(self.table)
        self._table_or_empty.addWidget(self._empty)
        card = QFrame()
        card.setProperty("kind", "card")
        inside = column(self._error, self._table_or_empty, row(None, self.more, None), gap=4)
        inside.setContentsMargins(6, 6, 6, 6)
        card.setLayout(inside)
        body = row(card, self.panel, gap=sizes.gap)
        body.setStretch(0, 1)
        margins = (sizes.pad + 2, sizes.pad - 2, sizes.pad + 2, sizes.pad)
        layout = column(self._head, self.groups, body, gap=sizes.gap, margins=margins)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        presenter = self._presenter
        self.earlier.clicked.connect(lambda: presenter.show_day(-1))
        self.later.clicked.connect(lambda: presenter.show_day(1))
        self.day.clicked.connect(lambda: presenter.show_day(0))
        self.all_days.clicked.connect(presenter.show_all_days)
        self.member.clicked.connect(presenter.show_everybody)
        self.groups.chosen.connect(presenter.show_group)
        self.table.picked.connect(presenter.explain)
        self.more.clicked.connect(presenter.more)


_HIDDEN_BESIDE_THE_PANEL = (2, 3, 4, 6)


def _titles() -> tuple[str, ...]:
    return (
        _("Time"),
        _("What"),
        _("Slip"),
        _("Member"),
        _("Operator"),
        _("Amount"),
        _("Points"),
    )


def _groups() -> tuple[Option, ...]:
    return (
        Option("all", _("All")),
        Option("sale", _("Sales")),
        Option("topup", _("Top-ups")),
        Option("refund", _("Refunds")),
        Option("member", _("Members")),
        Option("access", _("Access")),
    )
