"""The sync page: how the link fares, what waits, what needs somebody, and one line explained."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError, Note
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.labels import Icon, Pill, Role, Tone, label, set_shown
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.page_head import PageHead
from pos_app.ui.parts.row_table import RowTable
from pos_app.ui.sync_page.decide_sheet import DecideSheetView
from pos_app.ui.sync_page.detail_panel import DetailPanel
from pos_app.ui.sync_page.presenter import SyncPagePresenter
from pos_app.ui.sync_page.state import Head, SyncPageState

_REASON = 6
_HIDDEN_BESIDE_THE_PANEL = (2, 3, 4, 5)


class SyncView(QWidget):
    """The table on the left; a picked line opens its panel on the right."""

    def __init__(self, theme: Theme, host: QWidget, presenter: SyncPagePresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._head = PageHead(theme, "cloud-upload", _("Sync with HQ"), can_leave=False)
        self._link = Pill("", Tone.MUTE)
        self.retry = Button(theme, _("Try now"), "refresh-cw")
        self.export = Button(theme, _("Export sealed"), "lock")
        self.export.setToolTip(_("Writes what HQ has not heard into a file that only HQ can read."))
        self._cause_icon = Icon(theme, "info", "text3", 16)
        self._cause = label("", Role.MUTED, wrap=True)
        self.groups = Segmented(theme, _groups())
        self.table = RowTable(theme, _("Sync with HQ"), _titles(), numeric=(3, 5), stretch=_REASON)
        self._error = InlineError(theme)
        self._empty = EmptyState(theme, "circle-check", "")
        self._more = Note(theme)
        self._notice = Note(theme)
        self.panel = DetailPanel(theme, presenter)
        self.sheet = DecideSheetView(theme, host, presenter)
        self._lay_out(theme)
        self._connect()
        presenter.shown.attach(self.render_state)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self._presenter.close_detail()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent, /) -> None:
        super().hideEvent(event)
        self._presenter.leave()

    def render_state(self, state: SyncPageState) -> None:
        self._show_head(state.head)
        self.groups.select(state.group)
        self.table.show_rows(state.rows)
        self._empty.tell(state.empty)
        self._table_or_empty.setCurrentIndex(1 if state.empty else 0)
        self._more.tell(state.more)
        set_shown(self._more, shown=bool(state.more))
        self._error.tell(state.problem)
        self._notice.tell(state.notice)
        set_shown(self._notice, shown=bool(state.notice))
        self.sheet.render_state(state.sheet)
        narrow = state.detail is not None and self._theme.density.name == "compact"
        for place in _HIDDEN_BESIDE_THE_PANEL:
            self.table.table.setColumnHidden(place, narrow)
        self.panel.render_state(state.detail)

    def _show_head(self, head: Head) -> None:
        self._link.say(head.text, Tone(head.tone))
        self._cause.setText(head.cause)
        self._cause_line.setVisible(bool(head.cause))
        self._cause_icon.show_icon(head.icon, "text3" if head.tone == "mute" else head.tone)
        self.retry.setEnabled(not head.busy)

    def _lay_out(self, theme: Theme) -> None:
        sizes = theme.density
        self._head.side.addWidget(self._link)
        self._head.side.addWidget(self.export)
        self._head.side.addWidget(self.retry)
        self._cause_line = QWidget()
        cause = row(self._cause_icon, self._cause, gap=8)
        cause.setStretch(1, 1)
        self._cause_line.setLayout(cause)
        self._table_or_empty = QStackedWidget()
        self._table_or_empty.addWidget(self.table)
        self._table_or_empty.addWidget(self._empty)
        card = QFrame()
        card.setProperty("kind", "card")
        inside = column(self._error, self._notice, self._table_or_empty, self._more, gap=4)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.setStretch(2, 1)
        card.setLayout(inside)
        body = row(card, self.panel, gap=sizes.gap)
        body.setStretch(0, 1)
        margins = (sizes.pad + 2, sizes.pad - 2, sizes.pad + 2, sizes.pad)
        parts = (self._head, self._cause_line, self.groups, body)
        layout = column(*parts, gap=sizes.gap, margins=margins)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.retry.clicked.connect(self._presenter.retry)
        self.export.clicked.connect(self._presenter.export)
        self.groups.chosen.connect(self._presenter.show_group)
        self.table.picked.connect(self._presenter.pick)


def _titles() -> tuple[str, ...]:
    return (
        _("Time"),
        _("What"),
        _("Member"),
        _("Amount"),
        _("State"),
        _("Tries"),
        _("Reason"),
    )


def _groups() -> tuple[Option, ...]:
    return (
        Option("all", _("All")),
        Option("waiting", _("To sync")),
        Option("attention", _("Needs attention")),
        Option("resolved", _("Resolved")),
    )
