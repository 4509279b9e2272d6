"""Notices come, are heard, and go by themselves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.labels import Tone
from pos_app.ui.kit.theme import Theme
from pos_app.ui.kit.toasts import AT_MOST, SHOWN_MS, Toasts
from tests.ui.kit.conftest import show_active


class Window(QWidget):
    """A field under a stack of notices."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.resize(900, 600)
        self.toasts = Toasts(theme, self)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Window:
    """Show the window, the focus in its field."""
    made = Window(theme)
    show_active(qtbot, made)
    made.field.setFocus()
    return made


def test_a_notice_never_takes_the_focus(window: Window) -> None:
    window.toasts.post("Paid", Tone.OK, action="Undo")

    assert window.field.hasFocus()
    assert window.toasts.texts == ("Paid",)


def test_a_notice_stands_at_the_bottom_in_the_middle(window: Window) -> None:
    window.toasts.post("Printer is out of paper", Tone.DANGER)

    box = window.toasts.geometry()

    assert box.center().x() == pytest.approx(450, abs=1)
    assert 400 < box.top() < box.bottom() < 600
    assert box.height() >= 40


def test_the_oldest_gives_way_to_a_third(window: Window) -> None:
    for text in ("first", "second", "third"):
        window.toasts.post(text)

    assert window.toasts.texts == ("second", "third")
    assert AT_MOST == 2


def test_a_notice_goes_by_itself(qtbot: QtBot, window: Window) -> None:
    window.toasts.post("Paid", shown_ms=10)

    qtbot.waitUntil(lambda: window.toasts.texts == ())

    assert not window.toasts.isVisible()
    assert SHOWN_MS == 4000


def test_its_action_is_done_once_and_ends_it(window: Window) -> None:
    undone: list[str] = []
    toast = window.toasts.post("Removed", action="Undo", acted=lambda: undone.append("undone"))
    assert toast.button is not None

    QTest.mouseClick(toast.button, Qt.MouseButton.LeftButton)

    assert undone == ["undone"]
    assert window.toasts.texts == ()
    assert window.field.hasFocus()


def test_the_stack_follows_the_window(qtbot: QtBot, window: Window) -> None:
    window.toasts.post("Paid")

    window.resize(1200, 800)

    qtbot.waitUntil(lambda: abs(window.toasts.geometry().center().x() - 600) <= 1)
