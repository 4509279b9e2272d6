"""What a new member may tell, and need not."""

from __future__ import annotations

from typing import TypedDict

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import Button, icon_button
from pos_app.ui.kit.editors import TickBox, code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.person_fields import calendars, date_part, genders
from pos_app.ui.register.presenter import RegisterPresenter
from pos_app.ui.register.state import RegisterState

_PIN_DIGITS = 6


class Told(TypedDict):
    name: str
    gender: str
    year: str
    month: str
    day: str
    lunar: bool
    leap: bool
    pin: str
    pin_again: str


class WhoFields(QWidget):
    """Name, gender, birthday in either calendar, card by scan, PIN typed twice."""

    changed = Signal()

    def __init__(self, theme: Theme, presenter: RegisterPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.name = QLineEdit()
        self.name_field = Field(theme, _("Name (optional)"), self.name)
        self.gender = Segmented(theme, genders())
        self.year, self.month, self.day = (
            date_part(_("Year"), 4),
            date_part(_("Month"), 2),
            date_part(_("Day"), 2),
        )
        self.calendar = Segmented(theme, calendars())
        self.leap = TickBox(theme, _("Leap month"))
        self._birthday_error = label("", Role.DANGER)
        self._card = Pill("", Tone.OK)
        self.bind = Button(theme, _("Scan a card"), "scan-line")
        self.unbind = icon_button(theme, "x", _("Without a card"))
        self.pin, self.pin_again = _pin_entry(), _pin_entry()
        self.pin_field = Field(theme, _("Payment PIN (optional)"), self.pin)
        self.again_field = Field(theme, _("PIN once more"), self.pin_again)
        self._lay_out()
        self._connect()

    def answers(self) -> Told:
        """Return what stands in the fields."""
        return Told(
            name=self.name.text(),
            gender=self.gender.current.replace("unsaid", ""),
            year=self.year.text(),
            month=self.month.text(),
            day=self.day.text(),
            lunar=self.calendar.current == "lunar",
            leap=self.leap.isChecked(),
            pin=self.pin.text(),
            pin_again=self.pin_again.text(),
        )

    def render_state(self, state: RegisterState) -> None:
        self.name_field.set_error(state.name_problem)
        self._birthday_error.setText(state.birthday_problem)
        self._birthday_error.setVisible(bool(state.birthday_problem))
        self.pin_field.set_error(state.pin_problem)
        self._card.say(state.card)
        self.bind.label = _("Waiting for the scan …") if state.card_waiting else _("Scan a card")
        self.bind.setVisible(not state.card)
        self.unbind.setVisible(bool(state.card))
        self.setEnabled(not state.busy)

    def empty(self) -> None:
        """Forget what was typed."""
        edits = (self.name, self.year, self.month, self.day, self.pin, self.pin_again)
        for edit in edits:
            edit.clear()
        self.gender.select("unsaid")
        self.calendar.select("solar")
        self.leap.setChecked(False)
        self.leap.hide()

    def _connect(self) -> None:
        edits = (self.name, self.year, self.month, self.day, self.pin, self.pin_again)
        for edit in edits:
            edit.textEdited.connect(self.changed)
        self.gender.chosen.connect(self.changed)
        self.calendar.chosen.connect(self._calendar_changed)
        self.leap.toggled.connect(self.changed)
        self.bind.clicked.connect(self._presenter.wait_for_card)
        self.unbind.clicked.connect(self._presenter.drop_card)

    def _calendar_changed(self, name: str) -> None:
        self.leap.setVisible(name == "lunar")
        self.changed.emit()

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        who = row(self.name_field, column(label(_("Gender"), Role.MUTED), self.gender), gap=12)
        who.setAlignment(self.name_field, top)
        born = row(self.year, self.month, self.day, self.calendar, self.leap, gap=8)
        for place, share in enumerate((3, 2, 2, 6)):
            born.setStretch(place, share)
        caption = row(label(_("Birthday (optional)"), Role.MUTED), None, self._birthday_error)
        card = held(
            column(
                label(_("Member card"), Role.MUTED),
                row(self.bind, self._card, self.unbind, None),
                None,
            )
        )
        last = row(self.pin_field, self.again_field, card, gap=12)
        for place, part in enumerate((self.pin_field, self.again_field, card)):
            last.setAlignment(part, top)
            last.setStretch(place, (4, 4, 5)[place])
        who.setStretch(0, 1)
        who.setStretch(1, 1)
        self.setLayout(column(who, column(caption, born), last, gap=10))


def _pin_entry() -> QLineEdit:
    edit = code_entry("••••••", digits=True)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setMaxLength(_PIN_DIGITS)
    return edit
