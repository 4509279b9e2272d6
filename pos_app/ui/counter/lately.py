"""What the member did lately: the last events, and the months as bars."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from pos_app.language import _
from pos_app.ui.counter.state import Insights, Recent
from pos_app.ui.kit.labels import Elided, Pill, Role, Tone
from pos_app.ui.kit.layouts import column, held, rule
from pos_app.ui.kit.mini_bars import Bar, MiniBars
from pos_app.ui.kit.section_card import ListRow, RowText, SectionCard
from pos_app.ui.kit.theme import Theme

MOST = 6
LOWEST = 96
_HEAD = 76


class RecentCard(SectionCard):
    """As many of the last events as there is room for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Recent"), action=_("All"))
        self._sizes = theme
        self._recent: tuple[Recent, ...] = ()
        self.body.setSpacing(0)
        self.action.setMinimumWidth(64)
        self._rows = [ListRow(theme) for _row in range(MOST)]
        self._rules = [rule() for _row in range(MOST - 1)]
        lines = column(gap=0)
        for place, shown in enumerate(self._rows):
            if place:
                lines.addWidget(self._rules[place - 1])
            shown.setMaximumHeight(theme.density.row + 24)
            lines.addWidget(shown, 3)
        lines.addStretch(1)
        holder = held(lines)
        # The rows follow the height of the card, and must not dictate it.
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.body.addWidget(holder, 1)
        self.setMinimumHeight(LOWEST)

    def show_rows(self, recent: tuple[Recent, ...]) -> None:
        self._recent = recent
        self._arrange()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = (self.height() - _HEAD) // (self._sizes.density.row + 2)
        fitting = self._recent[: max(1, min(room, MOST))]
        for place, shown in enumerate(self._rows):
            shown.setVisible(place < len(fitting))
            if place:
                self._rules[place - 1].setVisible(place < len(fitting))
            if place < len(fitting):
                shown.show_text(_row_text(fitting[place]))


class InsightsCard(SectionCard):
    """How often, how much, month by month."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Last six months"))
        self._average = Pill("", Tone.MUTE)
        self.head.addWidget(self._average)
        self._visits = Elided("", Role.MUTED)
        self._bars = MiniBars(theme, _("Spending of the last six months"))
        self._bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(LOWEST)
        self.body.addWidget(self._visits)
        self.body.addWidget(self._bars, 1)

    def show_insights(self, insights: Insights) -> None:
        self._average.say(insights.average)
        self._visits.setText(insights.visits)
        self._bars.show_bars([Bar(one.label, one.value, one.text) for one in insights.months])


def _row_text(recent: Recent) -> RowText:
    return RowText(recent.icon, recent.title, recent.subtitle, recent.badge, Tone.OK, recent.amount)
