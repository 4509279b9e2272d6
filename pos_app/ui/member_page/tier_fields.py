"""Which tier a member is given, and up to which day."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.state import DeedSheet
from pos_app.ui.parts.person_fields import date_part


class TierFields(QWidget):
    """The tiers of the programme in a row, below them the last day."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.tiers: Segmented | None = None
        self._place = QVBoxLayout()
        self.year, self.month, self.day = (
            date_part(_("Year"), 4),
            date_part(_("Month"), 2),
            date_part(_("Day"), 2),
        )
        self._until = label(_("Up to and with this day"), Role.MUTED)
        days = row(self.year, self.month, self.day, None, gap=8)
        self.setLayout(column(self._place, self._until, days, gap=10))

    def begin(self, sheet: DeedSheet) -> None:
        """Offer the tiers, nothing chosen for good, and no day."""
        if self.tiers is not None:
            self.tiers.hide()
            self.tiers.deleteLater()
            self.tiers = None
        if sheet.tiers:
            self.tiers = Segmented(self._theme, [Option(*one) for one in sheet.tiers])
            self.tiers.select(sheet.tiers[-1][0])
            self._place.addWidget(self.tiers)
        for edit in (self.year, self.month, self.day):
            edit.clear()

    def answers(self) -> tuple[str, str]:
        """Return the tier's code, and the day as it was typed."""
        day = "-".join(edit.text().strip().zfill(2) for edit in (self.year, self.month, self.day))
        return "" if self.tiers is None else self.tiers.current, day
