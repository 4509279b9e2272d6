"""The dark card of the member, and what stands on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from pos_app.ui.kit.labels import Elided, Icon, Role, label, set_role
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme


class MemberFrame(QFrame):
    """The gradient card; everything put into it wears the colours of the card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "member")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def _follow_theme(self) -> None:
        self.setFixedHeight(self._theme.density.card)


class Avatar(QWidget):
    """The first character of a name in a ring; gold on the card, quiet elsewhere."""

    def __init__(self, theme: Theme, character: str = "", *, size: int = 0) -> None:
        super().__init__()
        self._theme = theme
        self._character = character
        self._size = size
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def show_character(self, character: str) -> None:
        self._character = character
        self.update()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on_card = not self._size
        ring = "card_gold" if on_card else "brand_line"
        painter.setPen(QPen(self._theme.colour(ring), 2 if on_card else 1.5))
        painter.setBrush(self._theme.colour("card_chip" if on_card else "brand_soft"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setPen(self._theme.colour("on_card" if on_card else "on_brand_soft"))
        painter.setFont(self._theme.font(self.width() * 42 // 100, 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._character)

    def _follow_theme(self) -> None:
        size = self._size or self._theme.density.avatar
        self.setFixedSize(size, size)


class Stat(QWidget):
    """A figure of the member with its caption above and its small print below."""

    def __init__(self, theme: Theme, icon: str, caption: str) -> None:
        super().__init__()
        self._caption = caption
        self._value = label("", Role.STAT)
        self._below = Elided("", Role.CARD_CAPTION)
        self._above = Elided(caption, Role.CARD_CAPTION)
        head = row(Icon(theme, icon, "card_gold", 17), self._above, gap=6)
        head.setStretch(1, 1)
        self.setLayout(column(None, head, self._value, self._below, None, gap=2))
        self._theme = theme
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def show_value(
        self, value: str, below: str = "", *, warns: bool = False, caption: str = ""
    ) -> None:
        """Show the figure, perhaps by another name.

        `warns` paints the small print gold, for data that is old.
        """
        self._above.setText(caption or self._caption)
        self._value.setText(value)
        self._below.setText(below)
        set_role(self._below, Role.WARN if warns else Role.CARD_CAPTION)
        self.setAccessibleName(", ".join(filter(None, (caption or self._caption, value, below))))

    def _follow_theme(self) -> None:
        # Latin figures are lower than Chinese words; neighbours must stand on one line.
        self._value.setFixedHeight(self._theme.density.stat * 15 // 10)
        self._below.setFixedHeight(self._theme.density.small * 16 // 10)
