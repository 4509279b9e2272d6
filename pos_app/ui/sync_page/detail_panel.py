"""One line explained: what it means, who acts next, both sides of it, and what a manager may do."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.labels import Elided, Role, label, set_role
from pos_app.ui.kit.layouts import rule
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.detail_card import DetailCard, SaidBox
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.state import Choice
from pos_app.ui.sync_page.presenter import SyncPagePresenter
from pos_app.ui.sync_page.state import Detail, Side


class DetailPanel(DetailCard):
    """Hidden until a line is picked."""

    def __init__(self, theme: Theme, presenter: SyncPagePresenter) -> None:
        super().__init__(theme, presenter.close_detail)
        self._theme = theme
        self._presenter = presenter
        self._meaning = SaidBox(theme)
        self._owner = label("", Role.BOLD, wrap=True)
        self._step = label("", Role.BODY, wrap=True)
        self._facts = FactList()
        self._sides_title = label(_("Here and at HQ"), Role.BOLD)
        self._sides = _Sides()
        self._choices: tuple[Choice, ...] = ()
        self._deeds = QWidget()
        self._deeds.hide()
        self._buttons = QVBoxLayout(self._deeds)
        self._buttons.setContentsMargins(0, 0, 6, 0)
        self.lay_out(
            self._meaning,
            label(_("Who acts next"), Role.FAINT), self._owner,
            label(_("Next step"), Role.FAINT), self._step,
            rule(), self._sides_title, self._sides, rule(), self._facts,
            foot=self._deeds,
        )  # fmt: skip

    def render_state(self, detail: Detail | None) -> None:
        self.setVisible(detail is not None)
        if detail is None:
            return
        self.head(detail.title, detail.subtitle, detail.amount)
        self._meaning.say(detail.icon, detail.tone, detail.meaning)
        self._owner.setText(detail.owner)
        self._step.setText(detail.step)
        self._facts.show_facts(detail.facts)
        for part in (self._sides_title, self._sides):
            part.setVisible(bool(detail.sides))
        self._sides.show_sides(detail.sides)
        if detail.choices != self._choices:
            self._lay_choices(detail.choices)

    def _lay_choices(self, choices: tuple[Choice, ...]) -> None:
        self._choices = choices
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for choice in choices:
            self._buttons.addWidget(self._button(choice))
        self._deeds.setVisible(bool(choices))

    def _button(self, choice: Choice) -> Button:
        button = Button(self._theme, choice.text, choice.icon)
        button.clicked.connect(lambda: self._presenter.decide(choice.name))
        return button


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
