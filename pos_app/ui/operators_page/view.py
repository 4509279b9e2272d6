"""The operators page: who works here, who left, and what can be done about one of them."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import Banner, InlineError
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.labels import Role, Tone, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.theme import Theme
from pos_app.ui.operators_page.deed_sheet import OperatorDeedSheet
from pos_app.ui.operators_page.presenter import OperatorsPresenter
from pos_app.ui.operators_page.state import Deed, DeedButton, OperatorsState
from pos_app.ui.parts.page_head import PageHead
from pos_app.ui.parts.row_table import RowTable

_BUTTONS = 4
_NAME_COLUMN = 1


class OperatorsView(QWidget):
    """A picked line lends its buttons; every deed opens a sheet over the window `host`."""

    def __init__(self, theme: Theme, host: QWidget, presenter: OperatorsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._offered: tuple[DeedButton, ...] = ()
        self._head = PageHead(theme, "id-card", _("Operators"), can_leave=False)
        self.new = Button(theme, _("New operator"), "user-plus")
        self._head.side.addWidget(self.new)
        self._notice = Banner(theme)
        self._error = InlineError(theme)
        self.table = RowTable(theme, _("Operators"), _titles(), stretch=_NAME_COLUMN)
        self._note = label("", Role.FAINT, wrap=True)
        self.deeds = tuple(Button(theme, "") for _place in range(_BUTTONS))
        self._refused = EmptyState(theme, "lock", "")
        self.sheet = OperatorDeedSheet(theme, host, presenter)
        self._lay_out(theme)
        self._connect()
        presenter.shown.attach(self.render_state)

    def render_state(self, state: OperatorsState) -> None:
        refused = bool(state.refused)
        self._either.setCurrentIndex(1 if refused else 0)
        self._refused.tell(state.refused)
        self.new.setVisible(not refused)
        self._error.tell(state.problem)
        if state.notice:
            self._notice.tell(Tone.OK, state.notice)
        else:
            self._notice.hide()
        self._show_rows(state)
        self._note.setText(state.note)
        self._show_deeds(state.deeds)
        self.sheet.render_state(state.sheet)

    def _show_rows(self, state: OperatorsState) -> None:
        self.table.show_rows(state.rows)
        places = [place for place, line in enumerate(state.rows) if line.key == state.picked]
        table = self.table.table
        if places and table.currentIndex().row() != places[0]:
            self.table.blockSignals(True)  # noqa: FBT003 -- Qt's signature
            table.selectRow(places[0])
            self.table.blockSignals(False)  # noqa: FBT003 -- Qt's signature

    def _show_deeds(self, offered: tuple[DeedButton, ...]) -> None:
        self._offered = offered
        for button, deed in zip(self.deeds, offered, strict=False):
            button.show_icon(deed.icon)
            button.label = deed.text
            button.setEnabled(not deed.reason)
            button.setToolTip(deed.reason)
            button.setAccessibleDescription(deed.reason)

    def _lay_out(self, theme: Theme) -> None:
        sizes = theme.density
        card = QFrame()
        card.setProperty("kind", "card")
        foot = row(self._note, *self.deeds, gap=10, margins=(12, 0, 12, 6))
        foot.setStretch(0, 1)
        inside = column(self._error, self.table, foot, gap=6, margins=(6, 6, 6, 6))
        inside.setStretch(1, 1)
        card.setLayout(inside)
        body = held(column(self._notice, card, gap=sizes.gap))
        self._either = QStackedWidget()
        self._either.addWidget(body)
        self._either.addWidget(self._refused)
        margins = (sizes.pad + 2, sizes.pad - 2, sizes.pad + 2, sizes.pad)
        layout = column(self._head, self._either, gap=sizes.gap, margins=margins)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.new.clicked.connect(self._presenter.add)
        self.table.picked.connect(self._presenter.pick)
        self.table.opened.connect(lambda _key: self._presenter.start(Deed.EDIT))
        for place, button in enumerate(self.deeds):
            button.clicked.connect(lambda _on, at=place: self._start(at))

    def _start(self, place: int) -> None:
        self._presenter.start(self._offered[place].deed)


def _titles() -> tuple[str, ...]:
    return (
        _("Staff number"),
        _("Name"),
        _("Role"),
        _("Standing"),
        _("Since"),
    )
