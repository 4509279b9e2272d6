"""People who use the keyboard see where they are."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.focus_ring import FocusRing
from pos_app.ui.kit.theme import Theme
from tests.ui.kit.conftest import show_active


class Form(QWidget):
    """Two controls and the ring."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first = QLineEdit()
        self.second = Button(theme, "Pay")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.addWidget(self.first)
        layout.addWidget(self.second)
        self.ring = FocusRing(theme, self)


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Form:
    """Show the form, the focus on its first control by program."""
    made = Form(theme)
    show_active(qtbot, made)
    made.first.setFocus()
    return made


def test_a_ring_appears_with_tab_and_leaves_a_gap(form: Form) -> None:
    QTest.keyClick(form.first, Qt.Key.Key_Tab)

    assert form.ring.target is form.second
    corner = form.second.mapTo(form, QPoint(0, 0))
    assert corner - form.ring.pos() == QPoint(5, 5)
    assert form.ring.width() == form.second.width() + 10


def test_line_edits_wear_it_too(form: Form) -> None:
    QTest.keyClick(form.first, Qt.Key.Key_Tab)
    QTest.keyClick(form.second, Qt.Key.Key_Backtab)

    assert form.ring.target is form.first


def test_a_click_takes_it_away(form: Form) -> None:
    QTest.keyClick(form.first, Qt.Key.Key_Tab)

    QTest.mouseClick(form.first, Qt.MouseButton.LeftButton)

    assert form.ring.target is None


def test_a_programs_focus_alone_shows_nothing(form: Form) -> None:
    form.second.setFocus()

    assert form.ring.target is None


def test_it_moves_with_its_control(qtbot: QtBot, form: Form) -> None:
    QTest.keyClick(form.first, Qt.Key.Key_Tab)

    form.resize(form.width() + 200, form.height())

    qtbot.waitUntil(lambda: form.ring.width() == form.second.width() + 10)
    form.second.hide()
    assert form.ring.target is not form.second


def test_it_never_stands_in_the_way_of_a_click(form: Form) -> None:
    assert form.ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_the_ring_is_painted_in_the_focus_colour(theme: Theme, form: Form) -> None:
    QTest.keyClick(form.first, Qt.Key.Key_Tab)
    picture = form.grab().toImage()

    edge = form.ring.geometry()
    shown = picture.pixelColor(edge.center().x(), edge.top() + 1)

    assert shown == theme.colour("focus")
