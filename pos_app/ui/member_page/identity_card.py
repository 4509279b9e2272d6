"""The left column: who this is, what was agreed, what can be done."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import Button, ChipButton
from pos_app.ui.kit.labels import Elided, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, held, in_lines, row, rule
from pos_app.ui.kit.member_frame import Avatar
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.presenter import MemberPagePresenter
from pos_app.ui.member_page.state import DeedButton, Identity, MemberPageState
from pos_app.ui.parts.centred import scrolled
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.state import Explained
from pos_app.ui.parts.widths import FixedWidth

REVEALED_MS = 10_000
_WIDTH = 268
_COLUMNS = 2
_ROOM = 220


class IdentityCard(QFrame):
    """Fixed on the left, whatever tab is open; a revealed number hides itself after ten seconds."""

    found_wanted = Signal(object)

    def __init__(self, theme: Theme, presenter: MemberPagePresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._buttons: tuple[DeedButton, ...] = ()
        self.setProperty("kind", "card")
        FixedWidth(theme, self, _WIDTH)
        self._avatar = Avatar(theme, size=56)
        self._name = label("", Role.H1)
        self.tier = ChipButton("", Tone.TIER.value, _("How the tier is reckoned"))
        self.tier.setProperty("room", "finger")
        self.tier.clicked.connect(presenter.explain_tier)
        self._standing = Pill("", Tone.OK)
        self._phone = label("", Role.BOLD)
        self._hides = Pill("", Tone.INFO)
        self._why = label("", Role.WARN, wrap=True)
        self._tags = [Pill("", Tone.GOLD) for _place in range(2)]
        self._found = QVBoxLayout()
        self._found.setSpacing(6)
        self._explained: tuple[Explained, ...] = ()
        self._found_shown: tuple[str, ...] = ()
        self._note = label("", Role.MUTED, wrap=True)
        self._facts, self._consents = FactList(gap=5), FactList(gap=5)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REVEALED_MS)
        self._timer.timeout.connect(presenter.hide_phone)
        self._lay_out()

    def render_state(self, state: MemberPageState) -> None:
        if state.identity is not None:
            self._show_identity(state.identity)
        if state.deeds != self._buttons:
            self._lay_buttons(state.deeds)

    def _show_identity(self, who: Identity) -> None:
        self._avatar.show_character(who.initial)
        self._name.setText(who.name)
        self.tier.say(who.tier)
        self._standing.say(who.standing, Tone(who.standing_tone))
        self._why.setText(who.standing_note)
        self._why.setVisible(bool(who.standing_note))
        self._phone.setText(who.phone)
        self._hides.say(_("hides in 10 s") if who.revealed else "")
        for place, pill in enumerate(self._tags):
            pill.say(who.tags[place] if place < len(who.tags) else "")
        self._explained = who.explained
        self._show_found(who.found)
        self._note.setText(who.note)
        self._note.setVisible(bool(who.note))
        self._facts.show_facts(who.facts)
        self._consents.show_facts(who.consents)
        if who.revealed:
            self._timer.start()
        else:
            self._timer.stop()

    def _lay_out(self) -> None:
        tier = row(self.tier, self._standing, None, gap=6)
        who = column(None, self._name, row(self._phone, None), None, gap=2)
        head = row(self._avatar, who, gap=12)
        head.setStretch(1, 1)
        inside = QWidget()
        inside.setLayout(
            column(
                head, tier, row(self._hides, *self._tags, None, gap=6), self._why, self._found,
                self._note,
                rule(), self._facts, rule(), Elided(_("Agreed"), Role.BOLD), self._consents, None,
                gap=8, margins=(0, 0, 8, 0),
            )
        )  # fmt: skip
        self.setLayout(
            column(scrolled(inside), rule(), self._grid, gap=10, margins=(16, 14, 8, 14))
        )
        self._grid.setContentsMargins(0, 0, 8, 0)

    def _show_found(self, found: tuple[str, ...]) -> None:
        if found == self._found_shown:
            return
        self._found_shown = found
        while (item := self._found.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in in_lines([self._chip(text) for text in found], _ROOM):
            self._found.addWidget(held(row(*line, None, gap=6)))

    def _chip(self, text: str) -> ChipButton:
        chip = ChipButton(text, "chip", _("Why this?"))
        chip.clicked.connect(self._explain)
        return chip

    def _explain(self) -> None:
        self.found_wanted.emit(self._explained)

    def _lay_buttons(self, deeds: tuple[DeedButton, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._buttons = deeds
        for place, deed in enumerate(deeds):
            self._grid.addWidget(self._button(deed), place // _COLUMNS, place % _COLUMNS)

    def _button(self, deed: DeedButton) -> Button:
        button = Button(self._theme, deed.text)
        button.setEnabled(not deed.reason)
        button.setToolTip(deed.reason)
        button.setAccessibleDescription(deed.reason)
        button.clicked.connect(lambda: self._presenter.deeds.start(deed.deed))
        return button
