"""The first page of the wizard: what this till is called, or who says so."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.language import _
from pos_app.ui.first_start.state import FirstStartState, Problems, Way
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, held
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.theme import Theme


class TerminalPage(QWidget):
    """Two names, or an address and a code."""

    finished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.ways = Segmented(
            theme,
            (
                Option(Way.ALONE, _("This shop alone"), "store"),
                Option(Way.CHAIN, _("Belongs to a chain"), "layers"),
            ),
        )
        self.store, self.terminal = QLineEdit(), QLineEdit()
        self.address = code_entry("https://hq.example.com")
        self.code = code_entry("ABCD-EFGH-JKLM-NPQR")
        self._fields = self._make_fields(theme)
        self._alone, self._chain = self._alone_part(), self._chain_part()
        self._address = ""
        self.setLayout(column(self.ways, 6, self._alone, self._chain, None, gap=10))
        for edits in ((self.store, self.terminal), (self.address, self.code)):
            for edit, after in pairwise(edits):
                edit.returnPressed.connect(after.setFocus)
            edits[-1].returnPressed.connect(self.finished)

    def render_state(self, state: FirstStartState) -> None:
        """Show the fields of the chosen way, and what is wrong with them."""
        chain = state.way is Way.CHAIN
        turned = self._chain.isHidden() == chain
        self.ways.select(state.way)
        self._alone.setVisible(not chain)
        self._chain.setVisible(chain)
        self.ways.setEnabled(not state.busy)
        self._show_problems(state.problems)
        if state.address != self._address:
            self._address = state.address
            self.address.setText(state.address)
        if turned and self.isVisible():
            self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where typing begins."""
        first = self.store if self._chain.isHidden() else self.address
        given = first is self.address and bool(self.address.text())
        (self.code if given else first).setFocus()

    def _show_problems(self, problems: Problems) -> None:
        for name, field in self._fields.items():
            field.set_error(getattr(problems, name))

    def _make_fields(self, theme: Theme) -> dict[str, Field]:
        self.store.setPlaceholderText(_("Xujiahui store"))
        self.terminal.setPlaceholderText(_("Till 3"))
        lasts = _("HQ makes it when it adds this till. It works once, for 15 minutes.")
        return {
            "store_name": Field(theme, _("Store name"), self.store),
            "terminal_name": Field(theme, _("Name of this till"), self.terminal),
            "address": Field(theme, _("Address of HQ"), self.address),
            "code": Field(theme, _("One-time code of HQ"), self.code, help_text=lasts),
        }

    def _alone_part(self) -> QWidget:
        intro = _("These names stand on every slip and in every report.")
        return held(
            column(
                label(_("What is this till called?"), Role.H1),
                label(intro, Role.MUTED, wrap=True),
                6,
                self._fields["store_name"],
                self._fields["terminal_name"],
                gap=10,
            )
        )

    def _chain_part(self) -> QWidget:
        intro = _("HQ says which store this is, and brings members and rules.")
        return held(
            column(
                label(_("Which HQ does this till belong to?"), Role.H1),
                label(intro, Role.MUTED, wrap=True),
                6,
                self._fields["address"],
                self._fields["code"],
                gap=10,
            )
        )
