"""A field of a form: its caption, its editor, its error."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from pos_app.ui.kit.announce import announce
from pos_app.ui.kit.labels import Icon, Kbd, Role, label, repolish, set_shown
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.theme import Theme


class Field(QWidget):
    """Caption above, editor, and a line below for help or for what is wrong."""

    def __init__(self, theme: Theme, caption: str, editor: QWidget, *, help_text: str = "") -> None:
        super().__init__()
        self._editor = editor
        self._help_text = help_text
        self._caption = label(caption, Role.MUTED)
        self._caption.setBuddy(editor)
        self._icon = Icon(theme, "circle-alert", "danger", 16)
        self._icon.hide()
        self._note = label(help_text, Role.FAINT, wrap=True)
        below = row(self._icon, self._note, gap=6)
        below.setStretch(1, 1)
        self._below = held(below)
        set_shown(self._below, shown=bool(help_text))
        editor.setAccessibleName(caption)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setLayout(column(self._caption, editor, self._below, gap=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def editor(self) -> QWidget:
        return self._editor

    @property
    def error(self) -> str:
        return self._note.text() if self._icon.isVisibleTo(self) else ""

    def set_error(self, text: str) -> None:
        """Show what is wrong and what to do; an empty text brings the help back."""
        news = bool(text) and text != self.error
        self._note.setText(text or self._help_text)
        self._note.setProperty("role", (Role.DANGER if text else Role.FAINT).value)
        set_shown(self._icon, shown=bool(text))
        set_shown(self._below, shown=bool(text or self._help_text))
        self._editor.setProperty("wrong", "true" if text else "false")
        self._editor.setAccessibleDescription(text)
        repolish(self._note)
        repolish(self._editor)
        if news:
            announce(self, text, urgent=True)


class SearchBox(QLineEdit):
    """The look-up: a big line edit with an icon, and the key that leads to it."""

    def __init__(self, theme: Theme, placeholder: str, hint: str = "F1") -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        icon = Icon(theme, "search", "brand", 24)
        self.setLayout(row(icon, None, Kbd(hint), margins=(16, 0, 14, 0)))
        self.setTextMargins(0, 0, 52, 0)
