"""The radar page: what was found on the left, one alert with its events on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError, Note
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import set_shown
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.detail_card import DetailCard, SaidBox
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.page_head import PageHead
from pos_app.ui.parts.row_table import RowTable
from pos_app.ui.radar_page.presenter import RadarPresenter
from pos_app.ui.radar_page.state import AlertDetail, RadarState

_WHAT = 1
_HIDDEN_BESIDE_THE_PANEL = (2, 3, 4)
_EVENTS_HEIGHT = 220


class RadarView(QWidget):
    """A picked line opens its panel; Escape closes it."""

    def __init__(self, theme: Theme, presenter: RadarPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._head = PageHead(theme, "shield-alert", _("Radar"), can_leave=False)
        self._error = InlineError(theme)
        self._notice = Note(theme)
        self.table = RowTable(theme, _("Radar"), _titles(), numeric=(3,), stretch=_WHAT)
        self._empty = EmptyState(theme, "shield-check", "")
        self._refused = EmptyState(theme, "lock", "")
        self.panel = AlertPanel(theme, presenter)
        self._lay_out(theme)
        self.table.picked.connect(presenter.pick)
        self.table.opened.connect(presenter.pick)
        presenter.shown.attach(self.render_state)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self._presenter.close_detail()
            return
        super().keyPressEvent(event)

    def render_state(self, state: RadarState) -> None:
        # A table that gets its first rows and the focus chooses one of them: nobody picked it.
        self.table.blockSignals(True)  # noqa: FBT003 -- Qt's signature
        self._paint(state)
        self.table.blockSignals(False)  # noqa: FBT003 -- Qt's signature

    def _paint(self, state: RadarState) -> None:
        self._either.setCurrentIndex(1 if state.refused else 0)
        self._refused.tell(state.refused)
        self._error.tell(state.problem)
        self._notice.tell(state.notice)
        set_shown(self._notice, shown=bool(state.notice))
        self.table.show_rows(state.rows)
        self._empty.tell(state.empty)
        self._table_or_empty.setCurrentIndex(1 if state.empty else 0)
        narrow = state.detail is not None and self._theme.density.name == "compact"
        for place in _HIDDEN_BESIDE_THE_PANEL:
            self.table.table.setColumnHidden(place, narrow)
        self.panel.render_state(state.detail, busy=state.busy)

    def _lay_out(self, theme: Theme) -> None:
        sizes = theme.density
        self._table_or_empty = QStackedWidget()
        self._table_or_empty.addWidget(self.table)
        self._table_or_empty.addWidget(self._empty)
        card = QFrame()
        card.setProperty("kind", "card")
        inside = column(self._error, self._notice, self._table_or_empty, gap=4)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.setStretch(2, 1)
        card.setLayout(inside)
        body = row(card, self.panel, gap=sizes.gap)
        body.setStretch(0, 1)
        self._either = QStackedWidget()
        self._either.addWidget(held(body))
        self._either.addWidget(self._refused)
        margins = (sizes.pad + 2, sizes.pad - 2, sizes.pad + 2, sizes.pad)
        layout = column(self._head, self._either, gap=sizes.gap, margins=margins)
        layout.setStretch(1, 1)
        self.setLayout(layout)


class AlertPanel(DetailCard):
    """Meaning, facts and events of an alert; below them the member, and what was found out."""

    def __init__(self, theme: Theme, presenter: RadarPresenter) -> None:
        super().__init__(theme, presenter.close_detail)
        self._presenter = presenter
        self._turn = 0
        self._meaning = SaidBox(theme)
        self._facts = FactList()
        self.events = RowTable(theme, _("Events"), _event_titles(), numeric=(2,), stretch=1)
        self.events.setMinimumHeight(_EVENTS_HEIGHT)
        self.events.picked.connect(presenter.open_event)
        self.member = Button(theme, _("Open the member"), "id-card")
        self.member.clicked.connect(presenter.open_member)
        self.why = QLineEdit()
        self.why.returnPressed.connect(self._dismiss)
        self.dismiss = Button(theme, _("Looked at"), "check")
        self.dismiss.clicked.connect(self._dismiss)
        self._closing = held(
            column(Field(theme, _("What did you find?"), self.why), self.dismiss, gap=8)
        )
        foot = held(column(self.member, self._closing, gap=8, margins=(0, 0, 6, 0)))
        self.lay_out(self._meaning, self._facts, self.events, foot=foot)

    def render_state(self, detail: AlertDetail | None, *, busy: bool) -> None:
        self.setVisible(detail is not None)
        if detail is None:
            return
        self.head(detail.title, detail.subtitle, "")
        self._meaning.say("shield-alert", "warn", detail.meaning)
        self._facts.show_facts(detail.facts)
        self.events.show_rows(detail.events)
        self.member.setVisible(detail.opens_member)
        self._closing.setVisible(detail.closes)
        self.dismiss.setEnabled(not busy)
        if detail.turn != self._turn:
            self._turn = detail.turn
            self.why.clear()

    def _dismiss(self) -> None:
        self._presenter.dismiss(self.why.text())


def _titles() -> tuple[str, ...]:
    return (_("Raised"), _("What"), _("About"), _("Events"), _("Found by"), _("State"))


def _event_titles() -> tuple[str, ...]:
    return (_("Time"), _("What"), _("Amount"))
