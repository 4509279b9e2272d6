"""The sheet that leads a member's figure back to the events behind it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.state import Derivation
from pos_app.ui.parts.row_table import RowTable

_WIDTH = 760
_TALL = 420


class OriginSheet(Sheet):
    """Parts and events in one table; Enter or a double click opens an event in the journal."""

    event_wanted = Signal(str)

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, _("Where it comes from"), icon="layers", width=_WIDTH)
        titles = (_("When"), _("What"), _("Plus or minus"), _("What is left"))
        self.table = RowTable(theme, _("Where it comes from"), titles, numeric=(2, 3), stretch=1)
        self.table.setFixedHeight(_TALL)
        self._error = InlineError(theme)
        self.body.addWidget(self._error)
        self.body.addWidget(self.table)
        self.body.addWidget(label(_("Enter opens an event in the journal."), Role.FAINT))
        self.table.opened.connect(self._open_event)

    def render_state(self, state: Derivation | None) -> None:
        if state is None:
            self.dismiss()
            return
        self.set_subtitle(f"{state.title} · {state.summary}")
        self._error.tell(state.problem)
        self.table.show_rows(state.rows)
        if not self.isVisible():
            self.open(self.table.table)

    def _open_event(self, key: str) -> None:
        if key:
            self.event_wanted.emit(key)
