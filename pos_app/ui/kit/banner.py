"""Notices that stay: the banner under the look-up and the error under a field."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from pos_app.ui.kit.announce import announce
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.labels import TONE_ICONS, Icon, Role, Tone, label, repolish, set_shown
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme


class Banner(QFrame):
    """Says what happened and what still works, with one action; hidden while there is nothing."""

    acted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self._icon = Icon(theme, "info", "info", 22)
        self._title = label("", Role.BOLD)
        self._text = label("", Role.BODY, wrap=True)
        self.action = Button(theme, "")
        self.action.clicked.connect(self.acted)
        words = column(self._title, self._text, gap=0)
        layout = row(self._icon, words, self.action, gap=14, margins=(16, 8, 10, 8))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def tell(
        self, tone: Tone, title: str, text: str = "", *, action: str = "", icon: str = ""
    ) -> None:
        """Show a notice; news is also said to a screen reader."""
        news = not self.isVisible() or title != self._title.text()
        self._title.setText(title)
        self._text.setText(text)
        set_shown(self._text, shown=bool(text))
        self.action.label = action
        set_shown(self.action, shown=bool(action))
        self._icon.show_icon(icon or TONE_ICONS[tone], tone.value)
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            for part in (self, self._title, self._text):
                repolish(part)
        set_shown(self, shown=True)
        if news:
            announce(self, f"{title} {text}".strip(), urgent=tone is Tone.DANGER)


class InlineError(QFrame):
    """What went wrong and what to do, beside where it went wrong."""

    def __init__(self, theme: Theme, *, keeps_its_place: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "error")
        self._text = label("", Role.BOLD, wrap=True)
        icon = Icon(theme, "circle-alert", "danger")
        layout = row(icon, self._text, gap=10, margins=(14, 9, 14, 9))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(keeps_its_place)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def tell(self, text: str) -> None:
        """Show an error; an empty one hides the line."""
        news = bool(text) and text != self.text
        self._text.setText(text)
        set_shown(self, shown=bool(text))
        if news:
            announce(self, text, urgent=True)


class Note(QWidget):
    """One quiet line with an icon: a hint, a reason, the age of a figure."""

    def __init__(
        self, theme: Theme, text: str = "", icon: str = "info", tone: str = "text3"
    ) -> None:
        super().__init__()
        self._icon = Icon(theme, icon, tone, 16)
        self._text = label(text, Role.FAINT, wrap=True)
        layout = row(self._icon, self._text, gap=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def tell(self, text: str) -> None:
        self._text.setText(text)
        set_shown(self, shown=bool(text))
