"""A sheet keeps the focus, and gives it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.keys import bindings
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.shortcuts import KeysSheet, Shortcuts
from pos_app.ui.kit.theme import Theme
from tests.ui.kit.conftest import show_active


class Till(QWidget):
    """A window with a field, and a sheet over it with a field and a button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.below = Button(theme, "Below")
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.below)
        self.resize(900, 700)
        self.sheet = Sheet(theme, self, "Second factor", icon="shield-check")
        self.inside = QLineEdit()
        self.confirm = Button(theme, "Confirm")
        self.sheet.body.addWidget(self.inside)
        self.sheet.body.addWidget(self.confirm)


@pytest.fixture
def till(qtbot: QtBot, theme: Theme) -> Till:
    """Show the window with the focus in its field, the sheet closed."""
    made = Till(theme)
    show_active(qtbot, made)
    made.field.setFocus()
    return made


def press(key: Qt.Key) -> None:
    """Press a key where the focus is."""
    now = QApplication.focusWidget()
    assert now is not None
    QTest.keyClick(now, key)


def focused(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.waitUntil(widget.hasFocus)


def test_an_opened_sheet_takes_the_focus_and_covers_the_window(qtbot: QtBot, till: Till) -> None:
    till.sheet.open(till.inside)

    focused(qtbot, till.inside)
    assert till.sheet.geometry() == till.rect()
    assert till.sheet.card.geometry().center().x() == pytest.approx(till.rect().center().x(), abs=1)


def test_tab_goes_around_inside_the_sheet(qtbot: QtBot, till: Till) -> None:
    till.sheet.open(till.inside)
    focused(qtbot, till.inside)
    visited: list[QWidget | None] = []

    for _step in range(6):
        press(Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())

    assert all(stop is not None and till.sheet.isAncestorOf(stop) for stop in visited)
    assert len(set(visited)) == 3
    press(Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is visited[-2]


def test_the_focus_cannot_be_taken_out_of_the_sheet(till: Till) -> None:
    till.sheet.open(till.inside)

    till.field.setFocus()

    assert not till.field.hasFocus()
    now = QApplication.focusWidget()
    assert now is not None
    assert till.sheet.isAncestorOf(now)


def test_escape_closes_one_layer_and_the_focus_returns(
    qtbot: QtBot, theme: Theme, till: Till
) -> None:
    upper = Sheet(theme, till, "Approval")
    upper.body.addWidget(QLineEdit())
    till.sheet.open(till.inside)
    upper.open()
    assert upper.topmost
    assert not till.sheet.topmost

    press(Qt.Key.Key_Escape)
    assert not upper.isVisible()
    assert till.sheet.topmost
    focused(qtbot, till.inside)

    press(Qt.Key.Key_Escape)
    assert not till.sheet.isVisible()
    focused(qtbot, till.field)


def test_closing_is_reported_once(till: Till) -> None:
    closed: list[str] = []
    till.sheet.closed.connect(lambda: closed.append("closed"))
    till.sheet.open()

    till.sheet.dismiss()
    till.sheet.dismiss()

    assert closed == ["closed"]


def test_enter_in_a_field_presses_the_default_button(till: Till) -> None:
    pressed: list[str] = []
    till.confirm.clicked.connect(lambda: pressed.append("confirmed"))
    till.sheet.set_default(till.confirm)
    till.sheet.open(till.inside)

    QTest.keyClick(till.inside, Qt.Key.Key_Return)

    assert pressed == ["confirmed"]


def test_the_keys_of_the_window_rest_while_a_sheet_is_open(till: Till) -> None:
    started: list[str] = []
    keys = Shortcuts(till, bindings())
    keys.triggered.connect(started.append)
    QShortcut(QKeySequence("Esc"), till).activated.connect(lambda: started.append("escape"))
    QTest.keyClick(till.field, Qt.Key.Key_F6)
    assert started == ["top_up"]

    till.sheet.open(till.inside)
    QTest.keyClick(till.inside, Qt.Key.Key_F12)
    QTest.keyClick(till.inside, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(till.inside, Qt.Key.Key_Escape)

    assert started == ["top_up"]
    assert not till.sheet.isVisible()


def test_the_sheet_stays_in_the_middle_of_a_resized_window(qtbot: QtBot, till: Till) -> None:
    till.sheet.open()

    till.resize(1200, 800)

    qtbot.waitUntil(lambda: till.sheet.width() == 1200)
    assert till.sheet.card.geometry().center().x() == pytest.approx(600, abs=1)


def test_a_growing_sheet_grows(qtbot: QtBot, till: Till) -> None:
    till.sheet.open()
    before = till.sheet.card.height()

    till.sheet.set_subtitle("138 **** 0217")
    till.sheet.body.addWidget(QPushButton("Another way"))

    qtbot.waitUntil(lambda: till.sheet.card.height() > before)


def test_a_focus_whose_widget_is_gone_is_not_missed(till: Till) -> None:
    till.sheet.open(till.inside)
    till.field.setEnabled(False)

    till.sheet.dismiss()

    assert not till.field.hasFocus()


def test_all_keys_fit_on_one_sheet(theme: Theme, till: Till) -> None:
    keys = KeysSheet(theme, till)

    keys.open()

    assert keys.card.height() <= 720 - 32
