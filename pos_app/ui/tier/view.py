"""The sheet that shows how a tier follows, with every order that counts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import Banner
from pos_app.ui.kit.labels import Role, Tone, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.row_table import RowTable
from pos_app.ui.tier.presenter import TierPresenter
from pos_app.ui.tier.state import TierShown

_WIDTH = 860
_ROWS_HEIGHT = 236


class TierSheet(Sheet):
    """Figures and thresholds side by side, below them what the figures are made of."""

    def __init__(self, theme: Theme, host: QWidget, presenter: TierPresenter) -> None:
        super().__init__(theme, host, _("How the tier is reckoned"), icon="crown", width=_WIDTH)
        self._warning = Banner(theme)
        self._title, self._why = label("", Role.H2), label("", wrap=True)
        self._facts, self._steps = FactList(), FactList()
        titles = (_("Day"), _("What counts"), _("Spent"), _("Growth"))
        self.rows = RowTable(theme, _("What counts"), titles, numeric=(2, 3), stretch=1)
        self.rows.setFixedHeight(_ROWS_HEIGHT)
        self._empty = label(_("Nothing counts yet."), Role.MUTED)
        self._note = label("", Role.MUTED, wrap=True)
        figures = row(
            held(column(self._facts, None)),
            held(column(self._steps, None)),
            gap=40,
        )
        figures.setStretch(0, 5)
        figures.setStretch(1, 4)
        head = column(self._warning, self._title, self._why, gap=6)
        self.body.addLayout(column(head, figures, self.rows, self._empty, self._note, gap=14))
        self.rows.opened.connect(presenter.open_row)
        self.closed.connect(presenter.close)
        presenter.shown.attach(self._render)

    def _render(self, shown: TierShown | None) -> None:
        if shown is None:
            self.dismiss()
            return
        self._title.setText(shown.title)
        self._why.setText(shown.why)
        self._facts.show_facts(shown.facts)
        self._steps.show_facts(shown.steps)
        self.rows.show_rows(shown.rows)
        self.rows.setVisible(bool(shown.rows))
        self._empty.setVisible(not shown.rows)
        self._note.setText(shown.note)
        if shown.warning:
            self._warning.tell(Tone.WARN, shown.warning)
        else:
            self._warning.hide()
        self.open(self.rows.table if shown.rows else None)
