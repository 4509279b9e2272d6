"""New values for what is kept about a member."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.language import _
from pos_app.ui.kit.editors import TickBox, code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.state import DeedSheet, EditForm
from pos_app.ui.parts.person_fields import calendars, date_part, genders


class EditFields(QWidget):
    """An empty field leaves what is kept; the card comes by scan or is typed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name, self.note = QLineEdit(), QLineEdit()
        self.gender = Segmented(theme, genders())
        self.year, self.month, self.day = (
            date_part(_("Year"), 4),
            date_part(_("Month"), 2),
            date_part(_("Day"), 2),
        )
        self.calendar = Segmented(theme, calendars())
        self.leap = TickBox(theme, _("Leap month"))
        self.card = code_entry()
        self.unbind = TickBox(theme, _("Unbind the card"))
        self._kept_card = ""
        self._card_field = Field(theme, _("Card: scan it, or type its number"), self.card)
        self.calendar.chosen.connect(self._calendar_changed)
        born = row(self.year, self.month, self.day, self.calendar, gap=8)
        for place, share in enumerate((3, 2, 2, 5)):
            born.setStretch(place, share)
        card = row(self._card_field, column(None, self.unbind), gap=12)
        card.setStretch(0, 1)
        self.setLayout(
            column(
                Field(theme, _("New name"), self.name),
                column(label(_("Gender"), Role.MUTED), self.gender),
                column(label(_("New birthday"), Role.MUTED), born, self.leap),
                card,
                Field(theme, _("Note"), self.note),
                gap=10,
            )
        )

    def begin(self, sheet: DeedSheet) -> None:
        """Empty the fields; gender and note begin with what is kept."""
        for edit in (self.name, self.year, self.month, self.day, self.card):
            edit.clear()
        self.gender.select(sheet.gender or "unsaid")
        self.calendar.select("solar")
        self.leap.setChecked(False)
        self.leap.hide()
        self.note.setText(sheet.note)
        self._kept_card = sheet.card
        self.card.setPlaceholderText(sheet.card)
        self.unbind.setChecked(False)
        self.unbind.setVisible(bool(sheet.card))

    def show_card(self, card: str, hint: str) -> None:
        """Show a card that was just scanned."""
        if hint and card != self._kept_card:
            self.card.setText(card)

    def answers(self) -> EditForm:
        """Return what stands in the fields."""
        return EditForm(
            name=self.name.text(),
            gender=self.gender.current.replace("unsaid", ""),
            year=self.year.text(),
            month=self.month.text(),
            day=self.day.text(),
            lunar=self.calendar.current == "lunar",
            leap=self.leap.isChecked(),
            card=self.card.text(),
            unbind_card=self.unbind.isChecked(),
            note=self.note.text(),
        )

    def _calendar_changed(self, name: str) -> None:
        self.leap.setVisible(name == "lunar")
