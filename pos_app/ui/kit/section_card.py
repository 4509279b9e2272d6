"""Cards that hold a section of a page, and the rows inside them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.labels import Elided, Icon, Pill, Role, Tone, label, set_role, set_shown
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme


class SectionCard(QFrame):
    """A white card with a title, a count and one thing to do; content goes into `body`."""

    acted = Signal()

    def __init__(self, theme: Theme, title: str, *, action: str = "", icon: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self._title = label(title, Role.H2)
        self._count = Pill("", Tone.MUTE)
        self._count.hide()
        self.head = row(self._title, self._count, None, gap=8)
        self.action = Button(theme, action, icon, Kind.GHOST)
        self.action.clicked.connect(self.acted)
        set_shown(self.action, shown=bool(action))
        self.head.addWidget(self.action)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        layout = column(self.head, self.body, gap=8, margins=(18, 12, 18, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_count(self, text: str, tone: Tone = Tone.MUTE) -> None:
        """Show a count beside the title; an empty one hides it."""
        self._count.say(text, tone)


class SoftBox(QFrame):
    """A sunken well for a figure or an explanation."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "soft")


@dataclass(frozen=True, slots=True)
class RowText:
    """What stands in a row, already text."""

    icon: str
    title: str
    subtitle: str = ""
    badge: str = ""
    tone: Tone = Tone.MUTE
    amount: str = ""


class ListRow(QWidget):
    """Icon, title over subtitle, badge, amount."""

    def __init__(self, theme: Theme, text: RowText | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._icon = Icon(theme, "circle-alert")
        self._title = Elided("", Role.BOLD)
        self._subtitle = Elided("", Role.FAINT)
        self._badge = Pill()
        self._amount = label("", Role.MONEY, align=Qt.AlignmentFlag.AlignRight)
        words = column(None, self._title, self._subtitle, None, gap=1)
        layout = row(self._icon, 6, words, self._badge, 6, self._amount, gap=6)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._follow_theme()
        theme.changed.connect(self._follow_theme)
        if text is not None:
            self.show_text(text)

    def show_text(self, text: RowText) -> None:
        self._icon.show_icon(text.icon, "text2")
        self._title.setText(text.title)
        self._subtitle.setText(text.subtitle)
        set_shown(self._subtitle, shown=bool(text.subtitle))
        self._badge.say(text.badge, text.tone)
        self._amount.setText(text.amount)
        said = (text.title, text.subtitle, text.badge, text.amount)
        self.setAccessibleName(", ".join(filter(None, said)))

    def _follow_theme(self) -> None:
        self.setMinimumHeight(self._theme.density.row)


class FigureRow(QWidget):
    """A line of the bill: caption, what it comes from, the figure on the right."""

    def __init__(self, caption: str, figure: str = "", badge: str = "") -> None:
        super().__init__()
        self._caption = Elided(caption, Role.BODY)
        self._badge = Pill("", Tone.MUTE)
        self._figure = label("", Role.MONEY, align=Qt.AlignmentFlag.AlignRight)
        layout = row(self._caption, self._badge, None, self._figure, gap=8)
        self.setLayout(layout)
        self.show_figure(figure, badge)

    def show_figure(self, figure: str, badge: str = "", role: Role = Role.MONEY) -> None:
        """Show the figure; a saving wears Role.MINUS."""
        self._badge.say(badge)
        self._figure.setText(figure)
        set_role(self._figure, role)
        self.setAccessibleName(f"{self._caption.text()}, {badge}, {figure}")

    def set_caption(self, caption: str) -> None:
        self._caption.setText(caption)
