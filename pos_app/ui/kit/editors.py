"""Editors for a choice, a date and a yes, whose marks follow the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from pos_app.ui.kit.theme import Theme


def code_entry(placeholder: str = "", *, digits: bool = False) -> QLineEdit:
    """Return a line edit for numbers and codes: an input method would swallow their letters."""
    edit = QLineEdit()
    edit.setPlaceholderText(placeholder)
    if digits:
        edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
    return edit


class ChoiceBox(QComboBox):
    """A drop-down list of (name, text)."""

    def __init__(self, theme: Theme, *options: tuple[str, str]) -> None:
        super().__init__()
        self._theme = theme
        for name, text in options:
            self.addItem(text, name)

    @property
    def current(self) -> str:
        return str(self.currentData())

    def select(self, name: str) -> None:
        self.setCurrentIndex(self.findData(name))

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        _draw_mark(self, self._theme, "chevron-down")


class DateBox(QDateEdit):
    """A date with a calendar to pick from."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 40, self._theme.density.button)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        _draw_mark(self, self._theme, "calendar-days")


class TickBox(QCheckBox):
    """A yes that starts as a no."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        box: QRect = self.style().subElementRect(part, option, self)
        colour = "on_brand" if self.isEnabled() else "disabled"
        tick = self._theme.pixmap("check", colour, 16, self.devicePixelRatioF())
        corner = box.center()
        QPainter(self).drawPixmap(corner.x() - 7, corner.y() - 7, tick)


def _draw_mark(box: QWidget, theme: Theme, icon: str) -> None:
    colour = "text2" if box.isEnabled() else "disabled"
    mark = theme.pixmap(icon, colour, 18, box.devicePixelRatioF())
    QPainter(box).drawPixmap(box.width() - 32, (box.height() - 18) // 2, mark)
