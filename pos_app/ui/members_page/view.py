"""The members page: a search box and whom it finds."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.field import SearchBox
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.theme import Theme
from pos_app.ui.members_page.presenter import MembersPresenter
from pos_app.ui.members_page.state import MembersState
from pos_app.ui.parts.page_head import PageHead
from pos_app.ui.parts.row_table import RowTable


class MembersView(QWidget):
    """Enter or a double click opens everything about a member; the button serves them."""

    def __init__(self, theme: Theme, presenter: MembersPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._picked = ""
        sizes = theme.density
        head = PageHead(theme, "users", _("Members"), can_leave=False)
        self.new = Button(theme, _("New member"), "user-plus")
        head.side.addWidget(self.new)
        self.search = SearchBox(theme, _("Phone, member number, card, name or its pinyin"), "Enter")
        self._heading = label("", Role.H2)
        self.table = RowTable(theme, _("Members"), _titles(), stretch=0)
        self._error = InlineError(theme)
        self._empty = EmptyState(theme, "users", "")
        self._either = QStackedWidget()
        self._either.addWidget(self.table)
        self._either.addWidget(self._empty)
        self.serve = Button(theme, _("Serve at the till"), "scan-line")
        self.details = Button(theme, _("Everything about them"), "id-card")
        card = QFrame()
        card.setProperty("kind", "card")
        foot = row(None, self.serve, self.details, gap=10, margins=(12, 0, 12, 6))
        inside = column(
            row(self._heading, None, margins=(12, 6, 12, 0)), self._error, self._either, foot, gap=6
        )
        inside.setContentsMargins(6, 6, 6, 6)
        card.setLayout(inside)
        margins = (sizes.pad + 2, sizes.pad - 2, sizes.pad + 2, sizes.pad)
        layout = column(head, self.search, card, gap=sizes.gap, margins=margins)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._connect()
        presenter.shown.attach(self.render_state)

    def render_state(self, state: MembersState) -> None:
        self._heading.setText(state.heading)
        self.table.show_rows(state.rows)
        self._either.setCurrentIndex(1 if state.empty else 0)
        action = _("Register a new member") if state.can_register else ""
        self._empty.tell(state.empty, action)
        self._error.tell(state.problem)
        known = {line.key for line in state.rows}
        self._pick(self._picked if self._picked in known else "")

    def focus_first(self) -> None:
        """Put the focus where typing begins."""
        self.search.setFocus()
        self.search.selectAll()

    def _connect(self) -> None:
        self.search.textEdited.connect(self._presenter.look_for)
        self.search.returnPressed.connect(self.table.table.setFocus)
        self.table.opened.connect(self._presenter.open_member)
        self.table.picked.connect(self._pick)
        self.new.clicked.connect(self._presenter.register)
        self._empty.acted.connect(self._presenter.register)
        self.serve.clicked.connect(lambda: self._presenter.serve(self._picked))
        self.details.clicked.connect(lambda: self._presenter.open_member(self._picked))

    def _pick(self, key: str) -> None:
        self._picked = key
        self.serve.setEnabled(bool(key))
        self.details.setEnabled(bool(key))


def _titles() -> tuple[str, ...]:
    return (
        _("Name"),
        _("Phone"),
        _("Member number"),
        _("Tier"),
        _("Standing"),
        _("Last visit"),
    )
