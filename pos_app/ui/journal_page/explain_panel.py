"""One event explained: what moved, by which rules, and the proof that nobody changed it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.journal_page.presenter import JournalPresenter
from pos_app.ui.journal_page.state import Explained
from pos_app.ui.kit.buttons import Button, icon_button
from pos_app.ui.kit.labels import Elided, Icon, Role, label
from pos_app.ui.kit.layouts import column, row, rule
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.centred import scrolled
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.state import TableRow
from pos_app.ui.parts.widths import FixedWidth

_WIDTH = 344


class ExplainPanel(QFrame):
    """Hidden until a line is picked."""

    def __init__(self, theme: Theme, presenter: JournalPresenter) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "card")
        FixedWidth(theme, self, _WIDTH)
        self._title = Elided("", Role.H2)
        self._subtitle = Elided("", Role.FAINT)
        self._amount = label("", Role.STAT)
        self._seal_icon = Icon(theme, "badge-check", "ok", 20)
        self._seal = label("", Role.MUTED, wrap=True)
        self._facts, self._chain = FactList(), FactList()
        self._moves = QVBoxLayout()
        self._moves.setSpacing(6)
        self.close_button = icon_button(theme, "x", _("Close"))
        self.close_button.clicked.connect(presenter.close_explained)
        self.reprint = Button(theme, _("Print again"), "printer")
        self.reprint.clicked.connect(presenter.reprint)
        self._lay_out()

    def render_state(self, explained: Explained | None) -> None:
        self.setVisible(explained is not None)
        if explained is None:
            return
        self._title.setText(explained.title)
        self._subtitle.setText(explained.subtitle)
        self._amount.setText(explained.amount)
        self._amount.setVisible(bool(explained.amount))
        icon, colour = ("badge-check", "ok") if explained.genuine else ("shield-alert", "danger")
        self._seal_icon.show_icon(icon, colour)
        self._seal.setText(explained.seal)
        self._facts.show_facts(explained.facts)
        self._chain.show_facts(explained.chain)
        self.reprint.setVisible(explained.has_slip)
        self._lay_moves(explained.moves)

    def _lay_out(self) -> None:
        words = column(self._title, self._subtitle, gap=1)
        head = row(words, self.close_button, gap=8)
        head.setStretch(0, 1)
        seal = SoftBox()
        sealed = row(self._seal_icon, self._seal, gap=10, margins=(14, 10, 14, 10))
        sealed.setStretch(1, 1)
        seal.setLayout(sealed)
        inside = QWidget()
        inside.setLayout(
            column(
                self._amount,
                self._facts,
                rule(),
                label(_("What moved"), Role.BOLD),
                self._moves,
                rule(),
                label(_("Place in the chain"), Role.BOLD),
                self._chain,
                seal,
                None,
                gap=8,
                margins=(0, 0, 8, 0),
            )
        )
        self.setLayout(
            column(head, scrolled(inside), self.reprint, gap=10, margins=(18, 14, 12, 14))
        )

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
