"""The dark card: who the member is, and what they hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton

from pos_app.language import _
from pos_app.ui.counter.state import Card, Chip, Figure
from pos_app.ui.kit.buttons import ChipButton
from pos_app.ui.kit.labels import Elided, Icon, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, row, upright_rule
from pos_app.ui.kit.member_frame import Avatar, MemberFrame, Stat
from pos_app.ui.kit.progress import ProgressLine
from pos_app.ui.kit.theme import Theme, icon_size
from pos_app.ui.parts.state import Explained

REVEALED_MS = 10_000


class _Eye(QToolButton):
    """Shows the whole phone number for a while."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "eye")
        name = _("Show the phone number for ten seconds")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoRaise(True)
        self.setIcon(theme.icon("eye", "on_card2", size=18))
        self.setIconSize(icon_size(18))
        self.setFixedSize(44, 44)


class MemberCard(MemberFrame):
    """Paints a Card; the eye shows the whole phone number for ten seconds."""

    reveal_wanted = Signal()
    conceal_wanted = Signal()
    tags_wanted = Signal(object)
    tier_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._chips_shown: tuple[tuple[Chip, ...], ...] = ()
        self._explained: tuple[Explained, ...] = ()
        self._avatar = Avatar(theme)
        self._name = label("", Role.NAME)
        self.tier = ChipButton("", Tone.TIER.value, _("How the tier is reckoned"))
        self.tier.setProperty("room", "finger")
        self.tier.clicked.connect(self.tier_wanted)
        self._phone = label("", Role.CARD)
        self._number = Elided("", Role.CARD_CAPTION)
        self._eye = _Eye(theme)
        self._eye.clicked.connect(self.reveal_wanted)
        self.balance = Stat(theme, "wallet", _("Stored value"))
        self._points = Stat(theme, "coins", _("Points"))
        self._coupons = Stat(theme, "ticket-percent", _("Coupons"))
        self._progress = ProgressLine(theme, _("Way to the next tier"), on_card=True)
        self._gap = label("", Role.CARD_CAPTION)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.conceal_wanted)
        self._build(theme)

    def show_card(self, card: Card) -> None:
        self._avatar.show_character(card.initial)
        self._name.setText(card.name)
        self.tier.say(card.tier)
        self._phone.setText(card.phone)
        self._number.setText(card.number)
        _show(self.balance, card.balance)
        _show(self._points, card.points)
        _show(self._coupons, card.coupons)
        self._gap.setText(card.progress)
        self._progress.show_share(card.progress_bp)
        self._explained = card.explained
        self._show_chips(card.chips, card.tags)
        if card.revealed:
            self._timer.start(REVEALED_MS)
        self.setAccessibleName(f"{card.name}, {card.tier}, {card.balance.value}")

    def _show_chips(self, chips: tuple[Chip, ...], tags: tuple[Chip, ...]) -> None:
        if (chips, tags) == self._chips_shown:
            return
        self._chips_shown = (chips, tags)
        while (item := self._chips.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for chip in chips:
            self._chips.addWidget(Pill(chip.text, Tone(chip.tone)))
        for tag in tags:
            button = ChipButton(tag.text, tag.tone, _("Why this tag?"))
            button.clicked.connect(self._explain)
            self._chips.addWidget(button)

    def _explain(self) -> None:
        self.tags_wanted.emit(self._explained)

    def _build(self, theme: Theme) -> None:
        head = row(self._name, self.tier, None, gap=10)
        phone = row(self._phone, self._eye, None, gap=2)
        who = column(None, head, phone, self._number, None, gap=0)
        facts = row(
            self._avatar,
            who,
            upright_rule(),
            self.balance,
            upright_rule(),
            self._points,
            upright_rule(),
            self._coupons,
            gap=14,
        )
        for place, share in ((1, 10), (3, 13), (5, 7), (7, 7)):
            facts.setStretch(place, share)
        foot = row(Icon(theme, "crown", "card_gold", 18), self._gap, 4, self._progress, 6, gap=8)
        foot.addLayout(self._chips)
        foot.setStretch(3, 1)
        layout = column(facts, foot, gap=6, margins=(18, 14, 18, 14))
        layout.setStretch(0, 1)
        self.setLayout(layout)


def _show(stat: Stat, figure: Figure) -> None:
    stat.show_value(figure.value, figure.note, warns=figure.warns, caption=figure.label)
