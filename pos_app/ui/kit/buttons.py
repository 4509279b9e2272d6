"""Buttons with a text, an icon and the key that presses them."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from pos_app.ui.kit.labels import Kbd
from pos_app.ui.kit.layouts import row
from pos_app.ui.kit.theme import Theme, icon_size

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Kind(StrEnum):
    """`ACTION` is wide and stands under the member, `TALL` stands beside the look-up."""

    PLAIN = "plain"
    PRIMARY = "primary"
    GHOST = "ghost"
    DANGER = "danger"
    ACTION = "action"
    TALL = "tall"


_ICON_COLOURS = {
    Kind.PLAIN: "brand",
    Kind.PRIMARY: "on_brand",
    Kind.GHOST: "text2",
    Kind.DANGER: "on_danger",
    Kind.ACTION: "brand",
    Kind.TALL: "brand",
}


class ChipButton(QPushButton):
    """A short fact on a tinted ground that explains itself when it is pressed."""

    def __init__(self, text: str, tone: str, says: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "chip")
        self.setProperty("tone", tone)
        self.setToolTip(says)
        self.setAccessibleName(text)
        self.setAccessibleDescription(says)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show another fact; an empty one hides the chip."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class Button(QPushButton):
    """A push button of the house; Enter presses it too, and a click leaves the focus alone."""

    def __init__(
        self, theme: Theme, text: str, icon: str = "", kind: Kind = Kind.PLAIN, *, hint: str = ""
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._kind = kind
        self._hint = Kbd(hint) if hint else None
        self.setProperty("kind", kind.value)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if kind is Kind.ACTION:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if self._hint is not None:
            self.setLayout(row(None, self._hint, margins=(0, 0, 12, 0)))
        self.label = text
        self.show_icon(icon)
        theme.changed.connect(self._follow_theme)

    @property
    def label(self) -> str:
        return self._label

    @label.setter
    def label(self, text: str) -> None:
        self._label = text
        # A style sheet knows no gap between icon and text.
        self.setText(f"\u2002{text}" if self._icon and text else text)
        self.setAccessibleName(text)

    def show_icon(self, name: str) -> None:
        self._icon = name
        self._follow_theme()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        if self._hint is not None:
            size.setWidth(size.width() + self._hint.sizeHint().width() + 16)
        return size

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def _follow_theme(self) -> None:
        if self._icon:
            size = 22 if self._kind is Kind.ACTION else 20
            self.setIcon(self._theme.icon(self._icon, _ICON_COLOURS[self._kind], size=size))
            self.setIconSize(icon_size(size))


def icon_button(theme: Theme, icon: str, name: str) -> Button:
    """Return a square button that shows only an icon; `name` is what it is called."""
    button = Button(theme, "", icon, Kind.GHOST)
    button.setProperty("square", "true")
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
