"""Who this page is about, in one line of the card's colours."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy

from pos_app.ui.kit.labels import Elided, Pill, Role, Tone, label, set_role
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.member_frame import Avatar
from pos_app.ui.kit.theme import Theme


class MemberStrip(QFrame):
    """Avatar, masked name, tier, contact, and the balance at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "member")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._avatar = Avatar(theme)
        self._name = label("", Role.NAME)
        self._tier = Pill("", Tone.TIER)
        self._contact = Elided("", Role.CARD_CAPTION)
        self._caption = label("", Role.CARD_CAPTION)
        self._figure = label("", Role.STAT)
        self._below = label("", Role.CARD_CAPTION)
        who = column(None, row(self._name, self._tier, None, gap=10), self._contact, None, gap=2)
        money = column(None, self._caption, self._figure, self._below, None, gap=0)
        layout = row(self._avatar, who, None, money, gap=16, margins=(20, 12, 24, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_member(self, name: str, tier: str, contact: str) -> None:
        self._avatar.show_character(name[:1])
        self._name.setText(name)
        self._tier.say(tier)
        self._contact.setText(contact)

    def show_figure(self, caption: str, figure: str, below: str, *, warns: bool = False) -> None:
        """Show the balance; `warns` paints what stands below it gold, for data that is old."""
        self._caption.setText(caption)
        self._figure.setText(figure)
        self._below.setText(below)
        set_role(self._below, Role.WARN if warns else Role.CARD_CAPTION)
