"""The counter without a member: one large hint, what waits, who was here, how the day goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.counter.hit_rows import HitList
from pos_app.ui.counter.state import Figure, Home, Waiting
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.labels import Icon, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.member_frame import MemberFrame
from pos_app.ui.kit.section_card import SectionCard, SoftBox
from pos_app.ui.kit.theme import Theme

FIGURES = 4
SHOWN_COMPACT = 5


class Hint(MemberFrame):
    """What to do first, in large letters, where the member's card will be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        tile = Icon(theme, "scan-qr-code", "card_gold", 64)
        title = label(_("Scan a member code, or type a phone number or name"), Role.NAME, wrap=True)
        below = label(
            _("A walk-in needs no member: type the amount on the right."), Role.CARD_CAPTION
        )
        find = row(gap=8)
        for key, words_of in (("F1", _("Find")), ("F3", _("New member")), ("F8", _("Held orders"))):
            find.addWidget(Pill(key, Tone.CHIP))
            find.addWidget(label(words_of, Role.CARD_CAPTION))
            find.addSpacing(10)
        find.addStretch(1)
        words = column(None, title, below, 8, find, None, gap=4)
        layout = row(tile, words, gap=20, margins=(26, 18, 26, 18))
        layout.setStretch(1, 1)
        self.setLayout(layout)


class WaitingButton(Button):
    """An order that waits; a click goes on with it."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, order: Waiting) -> None:
        super().__init__(
            theme, f"{order.amount}  ·  {order.who}", "pause", Kind.ACTION, hint=order.time
        )
        self._key = order.key
        self.clicked.connect(self._tell)

    def _tell(self) -> None:
        self.chosen.emit(self._key)


class TodayTile(SoftBox):
    """One figure of the operator's day: what, how often, how much."""

    def __init__(self) -> None:
        super().__init__()
        self._label = label("", Role.MUTED)
        self._count = Pill("", Tone.MUTE)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._sum = label("", Role.H2, align=right)
        self.setLayout(row(self._label, self._count, None, self._sum, margins=(16, 12, 16, 12)))

    def show_figure(self, figure: Figure) -> None:
        self._label.setText(figure.label)
        self._count.say(figure.value)
        self._sum.setText(figure.note)
        said = (figure.label, figure.value, figure.note)
        self.setAccessibleName(", ".join(filter(None, said)))


class HomeView(QWidget):
    """Three cards under the hint."""

    member_chosen = Signal(str)
    order_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._waiting = SectionCard(theme, _("Held orders"))
        self._lately = SectionCard(theme, _("Recent members"))
        self._today = SectionCard(theme, _("My day"))
        self._orders = QVBoxLayout()
        self._orders.setSpacing(8)
        self._none = label(_("Nothing on hold. F8 puts an order aside."), Role.MUTED, wrap=True)
        self._waiting.body.addLayout(self._orders)
        self._waiting.body.addWidget(self._none)
        self._waiting.body.addStretch(1)
        self._hits = HitList(theme)
        self._hits.chosen.connect(self.member_chosen)
        self._nobody = label(
            _("No sale yet. Scan a member to begin, or register one with F3."),
            Role.MUTED,
            wrap=True,
        )
        self._lately.body.addWidget(self._hits)
        self._lately.body.addWidget(self._nobody)
        self._lately.body.addStretch(1)
        self._tiles = [TodayTile() for _tile in range(FIGURES)]
        for tile in self._tiles:
            self._today.body.addWidget(tile)
        self._today.body.addStretch(1)
        cards = row(self._waiting, self._lately, self._today, gap=theme.density.gap)
        for place, share in enumerate((4, 5, 4)):
            cards.setStretch(place, share)
        layout = column(Hint(theme), cards, gap=theme.density.gap)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_home(self, home: Home) -> None:
        self._waiting.set_count(str(len(home.waiting)) if home.waiting else "")
        self._none.setVisible(not home.waiting)
        self._show_waiting(home.waiting)
        roomy = self._theme.density.name == "comfortable"
        self._hits.show_hits(home.lately[: None if roomy else SHOWN_COMPACT])
        self._nobody.setVisible(not home.lately)
        for tile, figure in zip(self._tiles, home.today, strict=False):
            tile.show_figure(figure)

    def _show_waiting(self, orders: tuple[Waiting, ...]) -> None:
        while (item := self._orders.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for order in orders:
            button = WaitingButton(self._theme, order)
            button.chosen.connect(self.order_chosen)
            self._orders.addWidget(button)
