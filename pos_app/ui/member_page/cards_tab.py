"""The tab of a member's cards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, held, row, rule
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.cards import CardRow, CardsPresenter, CardsState
from pos_app.ui.parts.centred import scrolled

_ROLES = {"ok": Role.BODY, "danger": Role.DANGER, "muted": Role.MUTED}


class CardsTab(QFrame):
    """Every card with what can be done with it; above, the number that is to be bound."""

    def __init__(self, theme: Theme, presenter: CardsPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._shown: tuple[CardRow, ...] | None = None
        self.setProperty("kind", "card")
        self.number = code_entry(_("Scan or type; empty: an electronic card"))
        self.number.textEdited.connect(presenter.type_number)
        self.number.returnPressed.connect(presenter.add)
        self.add = Button(theme, _("Add a card"), "plus")
        self.add.clicked.connect(presenter.add)
        self._error = InlineError(theme)
        self.buttons: list[Button] = []
        self._rows = column(gap=6)
        bind = row(Field(theme, _("Number of a new card"), self.number), gap=12)
        bind.setStretch(0, 1)
        bind.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        says = _(
            "All cards spend one account. A lost one is dead at once, at this till even offline."
        )
        self.setLayout(
            column(
                label(says, Role.MUTED, wrap=True), bind, self._error, rule(),
                scrolled(held(column(self._rows, None))), gap=10, margins=(18, 14, 18, 14),
            )
        )  # fmt: skip
        presenter.shown.attach(self.render_state)

    def render_state(self, state: CardsState) -> None:
        if self.number.text() != state.number:
            self.number.setText(state.number)
        self._error.tell(state.problem)
        self.setEnabled(not state.busy)
        if state.rows != self._shown:
            self._shown = state.rows
            self._lay_rows(state.rows)

    def _lay_rows(self, rows: tuple[CardRow, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = []
        for one in rows:
            self._rows.addWidget(self._row(one))

    def _row(self, card: CardRow) -> QWidget:
        presenter, place = self._presenter, card.place
        deeds = (
            (card.active, _("Report lost"), "ban", lambda: presenter.report_lost(place)),
            (card.lost, _("Found again"), "lock-open", lambda: presenter.found_again(place)),
            (
                card.active or card.lost,
                _("Replace"),
                "rotate-ccw",
                lambda: presenter.replace_card(place),
            ),
        )
        line = row(
            label(card.number, Role.BOLD),
            label(card.form, Role.MUTED),
            label(card.standing, _ROLES[card.tone]),
            None,
            gap=14,
        )
        for offered, text, icon, act in deeds:
            if offered:
                button = Button(self._theme, text, icon)
                button.clicked.connect(act)
                self.buttons.append(button)
                line.addWidget(button)
        return held(line)
