"""The panel beside a table: heading, sum, and whatever explains the line that was picked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import icon_button
from pos_app.ui.kit.labels import Elided, Icon, Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.centred import scrolled
from pos_app.ui.parts.widths import FixedWidth

_WIDTH = 344


class DetailCard(QFrame):
    """As wide whatever it says; hidden until a line is picked."""

    def __init__(self, theme: Theme, close: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        FixedWidth(theme, self, _WIDTH)
        self._title = Elided("", Role.H2)
        self._subtitle = Elided("", Role.FAINT)
        self.amount = label("", Role.STAT)
        self.close_button = icon_button(theme, "x", _("Close"))
        self.close_button.clicked.connect(close)

    def lay_out(self, *parts: QWidget | QLayout, foot: QWidget) -> None:
        """Lay the parts under the heading, scrolled where they are too long; the foot stays."""
        words = column(self._title, self._subtitle, gap=1)
        head = row(words, self.close_button, gap=8)
        head.setStretch(0, 1)
        inside = QWidget()
        inside.setLayout(column(self.amount, *parts, None, gap=8, margins=(0, 0, 8, 0)))
        self.setLayout(column(head, scrolled(inside), foot, gap=10, margins=(18, 14, 12, 14)))

    def head(self, title: str, subtitle: str, amount: str) -> None:
        """Say what the panel is about."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self.amount.setText(amount)
        self.amount.setVisible(bool(amount))


class SaidBox(SoftBox):
    """A sign and the sentence that it stands for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icon = Icon(theme, "info", "info", 20)
        self._text = label("", Role.MUTED, wrap=True)
        said = row(self._icon, self._text, gap=10, margins=(14, 10, 14, 10))
        said.setStretch(1, 1)
        self.setLayout(said)

    def say(self, icon: str, colour: str, text: str) -> None:
        """Show another sentence."""
        self._icon.show_icon(icon, colour)
        self._text.setText(text)
