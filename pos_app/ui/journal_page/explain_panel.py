"""One event explained: what moved, by which rules, and the proof that nobody changed it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.journal_page.presenter import JournalPresenter
from pos_app.ui.journal_page.state import Explained
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.labels import Elided, Icon, Role, label
from pos_app.ui.kit.layouts import column, row, rule
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.detail_card import DetailCard, SaidBox
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.state import TableRow


class ExplainPanel(DetailCard):
    """Hidden until a line is picked."""

    def __init__(self, theme: Theme, presenter: JournalPresenter) -> None:
        super().__init__(theme, presenter.close_explained)
        self._theme = theme
        self._seal = SaidBox(theme)
        self._facts, self._chain = FactList(), FactList()
        self._moves = QVBoxLayout()
        self._moves.setSpacing(6)
        self.reprint = Button(theme, _("Print again"), "printer")
        self.reprint.clicked.connect(presenter.reprint)
        self.lay_out(
            self._facts, rule(), label(_("What moved"), Role.BOLD), self._moves, rule(),
            label(_("Place in the chain"), Role.BOLD), self._chain, self._seal,
            foot=self.reprint,
        )  # fmt: skip

    def render_state(self, explained: Explained | None) -> None:
        self.setVisible(explained is not None)
        if explained is None:
            return
        self.head(explained.title, explained.subtitle, explained.amount)
        icon, colour = ("badge-check", "ok") if explained.genuine else ("shield-alert", "danger")
        self._seal.say(icon, colour, explained.seal)
        self._facts.show_facts(explained.facts)
        self._chain.show_facts(explained.chain)
        self.reprint.setVisible(explained.has_slip)
        self._lay_moves(explained.moves)

    def _lay_moves(self, moves: tuple[TableRow, ...]) -> None:
        while (item := self._moves.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if not moves:
            self._moves.addWidget(label(_("Nothing moved."), Role.FAINT))
        for move in moves:
            self._moves.addWidget(self._move(move))

    def _move(self, move: TableRow) -> QWidget:
        source, target, amount = move.cells
        line = QWidget()
        names = column(
            Elided(source, Role.MUTED),
            row(Icon(self._theme, "arrow-right", "text3", 14), Elided(target, Role.MUTED), gap=6),
            gap=1,
        )
        figure = label(amount, Role.MONEY, align=Qt.AlignmentFlag.AlignRight)
        layout = row(names, figure, gap=8)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line
