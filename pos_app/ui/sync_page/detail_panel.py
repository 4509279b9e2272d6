"""One line explained: what it means, who acts next, and both sides next to each other."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import icon_button
from pos_app.ui.kit.labels import Elided, Icon, Role, label, set_role
from pos_app.ui.kit.layouts import column, row, rule
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.centred import scrolled
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.widths import FixedWidth
from pos_app.ui.sync_page.presenter import SyncPagePresenter
from pos_app.ui.sync_page.state import Detail, Side

_WIDTH = 344


class DetailPanel(QFrame):
    """Hidden until a line is picked."""

    def __init__(self, theme: Theme, presenter: SyncPagePresenter) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "card")
        FixedWidth(theme, self, _WIDTH)
        self._title = Elided("", Role.H2)
        self._subtitle = Elided("", Role.FAINT)
        self._amount = label("", Role.STAT)
        self._icon = Icon(theme, "info", "info", 20)
        self._meaning = label("", Role.MUTED, wrap=True)
        self._owner = label("", Role.BOLD, wrap=True)
        self._step = label("", Role.BODY, wrap=True)
        self._facts = FactList()
        self._sides_title = label(_("Here and at HQ"), Role.BOLD)
        self._sides = _Sides()
        self.close_button = icon_button(theme, "x", _("Close"))
        self.close_button.clicked.connect(presenter.close_detail)
        self._lay_out()

    def render_state(self, detail: Detail | None) -> None:
        self.setVisible(detail is not None)
        if detail is None:
            return
        self._title.setText(detail.title)
        self._subtitle.setText(detail.subtitle)
        self._amount.setText(detail.amount)
        self._amount.setVisible(bool(detail.amount))
        self._icon.show_icon(detail.icon, detail.tone)
        self._meaning.setText(detail.meaning)
        self._owner.setText(detail.owner)
        self._step.setText(detail.step)
        self._facts.show_facts(detail.facts)
        for part in (self._sides_title, self._sides):
            part.setVisible(bool(detail.sides))
        self._sides.show_sides(detail.sides)

    def _lay_out(self) -> None:
        words = column(self._title, self._subtitle, gap=1)
        head = row(words, self.close_button, gap=8)
        head.setStretch(0, 1)
        box = SoftBox()
        said = row(self._icon, self._meaning, gap=10, margins=(14, 10, 14, 10))
        said.setStretch(1, 1)
        box.setLayout(said)
        inside = QWidget()
        inside.setLayout(
            column(
                self._amount, box,
                label(_("Who acts next"), Role.FAINT), self._owner,
                label(_("Next step"), Role.FAINT), self._step,
                rule(), self._sides_title, self._sides, rule(), self._facts, None,
                gap=8, margins=(0, 0, 8, 0),
            )
        )  # fmt: skip
        self.setLayout(column(head, scrolled(inside), gap=10, margins=(18, 14, 12, 14)))


class _Sides(QWidget):
    """What, here, at HQ: three columns, a difference in bold."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        for place, text in enumerate(("", _("This till"), _("HQ"))):
            self._grid.addWidget(label(text, Role.FAINT), 0, place)
            self._grid.setColumnStretch(place, 3 if place else 4)
        self._lines: list[tuple[Elided, Elided, Elided]] = []

    def show_sides(self, sides: tuple[Side, ...]) -> None:
        while len(self._lines) < len(sides):
            line = (Elided("", Role.MUTED), Elided(), Elided())
            for place, cell in enumerate(line):
                self._grid.addWidget(cell, len(self._lines) + 1, place)
            self._lines.append(line)
        for number, line in enumerate(self._lines):
            for cell in line:
                cell.setVisible(number < len(sides))
        for cells, side in zip(self._lines, sides, strict=False):
            for cell, text in zip(cells, (side.label, side.here, side.at_hq), strict=True):
                cell.setText(text)
                cell.setToolTip(text)
            for cell in cells[1:]:
                set_role(cell, Role.BOLD if side.differs else Role.BODY)
