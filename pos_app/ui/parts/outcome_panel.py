"""What was done: the sum in large figures, what is different now, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from pos_app.language import _
from pos_app.ui.kit.announce import announce
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.labels import IconTile, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, row, rule
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.state import Outcome

_WIDTH = 440


class OutcomePanel(QFrame):
    """A card in the middle of the page; nothing on it has to be acknowledged."""

    finished = Signal()
    repeated = Signal()
    reprinted = Signal()

    def __init__(self, theme: Theme, again: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setMaximumWidth(_WIDTH)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._tile = IconTile(theme, "circle-check", "ok", 64)
        self._title = label("", Role.H1, align=Qt.AlignmentFlag.AlignCenter)
        self._amount = label("", Role.DUE, align=Qt.AlignmentFlag.AlignCenter)
        self._slip = Pill("", Tone.MUTE)
        self._facts = FactList()
        self.done = CallToAction(theme, "")
        self.done.ready(_("Back to the till"))
        self.done.clicked.connect(self.finished)
        reprint = Button(theme, _("Print again"), "printer")
        reprint.clicked.connect(self.reprinted)
        repeat = Button(theme, again, "rotate-ccw")
        repeat.clicked.connect(self.repeated)
        buttons = row(reprint, repeat, gap=10)
        buttons.setStretch(0, 1)
        buttons.setStretch(1, 1)
        layout = column(
            self._tile,
            self._title,
            self._amount,
            self._slip,
            4,
            rule(),
            4,
            self._facts,
            8,
            buttons,
            self.done,
            gap=8,
            margins=(28, 26, 28, 26),
        )
        for centred in (self._tile, self._slip):
            layout.setAlignment(centred, centre)
        self.setLayout(layout)

    def show_outcome(self, outcome: Outcome) -> None:
        self._title.setText(outcome.title)
        self._amount.setText(outcome.amount)
        self._slip.say(outcome.slip)
        self._facts.show_facts(outcome.facts)
        announce(self, f"{outcome.title} {outcome.amount}")
