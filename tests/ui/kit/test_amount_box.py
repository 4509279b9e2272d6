"""The amount comes from keyboard, keypad and clipboard alike."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.amount_box import AmountBox
from pos_app.ui.kit.keypad import Keypad
from pos_app.ui.kit.theme import Theme
from tests.ui.kit.conftest import show_active


class Panel(QWidget):
    """Amount and keypad, wired as at the counter."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.amount = AmountBox(theme, "Amount")
        self.keypad = Keypad(theme)
        self.keypad.digit.connect(self.amount.put)
        self.keypad.erased.connect(self.amount.erase)
        self.keypad.cleared.connect(self.amount.wipe)
        self.keypad.added.connect(self.amount.accumulated)
        self.edits: list[str] = []
        self.pluses = 0
        self.amount.edited.connect(self.edits.append)
        self.amount.accumulated.connect(self._add)
        layout = QVBoxLayout(self)
        layout.addWidget(self.amount)
        layout.addWidget(self.keypad)

    def tap(self, name: str) -> None:
        keys = self.keypad.findChildren(QAbstractButton)
        next(key for key in keys if key.accessibleName() == name).click()

    def _add(self) -> None:
        self.pluses += 1


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> Panel:
    """Show the panel, the focus in the amount."""
    made = Panel(theme)
    show_active(qtbot, made)
    made.amount.setFocus()
    return made


def test_digits_and_one_point_are_typed(panel: Panel) -> None:
    QTest.keyClicks(panel.amount, "32a8.5.09")

    assert panel.amount.text() == "328.50"
    assert panel.edits[-1] == "328.50"


def test_no_more_than_six_figures_and_two_decimals(panel: Panel) -> None:
    QTest.keyClicks(panel.amount, "99999999.999")

    assert panel.amount.text() == "999999.99"


def test_a_point_alone_begins_with_zero(panel: Panel) -> None:
    QTest.keyClicks(panel.amount, ".5")

    assert panel.amount.text() == "0.5"


def test_plus_is_reported_and_never_typed(panel: Panel) -> None:
    QTest.keyClicks(panel.amount, "35+")
    panel.tap("Add another amount")

    assert panel.amount.text() == "35"
    assert panel.pluses == 2


def test_delete_clears_and_backspace_takes_one_figure(panel: Panel) -> None:
    QTest.keyClicks(panel.amount, "328")

    QTest.keyClick(panel.amount, Qt.Key.Key_Backspace)
    assert panel.amount.text() == "32"

    QTest.keyClick(panel.amount, Qt.Key.Key_Delete)
    assert panel.edits[-1] == ""


def test_the_keypad_types_like_the_keyboard(panel: Panel) -> None:
    for name in ("3", "2", "00", ".", "5"):
        panel.tap(name)
    assert panel.edits == ["3", "32", "3200", "3200.", "3200.5"]

    panel.tap("Backspace")
    assert panel.amount.text() == "3200."

    panel.tap("Clear")
    assert panel.amount.text() == ""


def test_a_double_zero_fills_only_what_is_left(panel: Panel) -> None:
    panel.amount.show_amount("1.5")

    panel.tap("00")

    assert panel.edits == ["1.50"]


def test_a_tap_on_the_keypad_never_moves_the_focus(panel: Panel) -> None:
    keys = panel.keypad.findChildren(QAbstractButton)

    for key in keys:
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
        assert panel.amount.hasFocus()

    assert len(keys) == 15
    assert all(key.focusPolicy() is Qt.FocusPolicy.NoFocus for key in keys)


def test_a_sum_may_be_pasted_as_people_write_it(panel: Panel) -> None:
    QApplication.clipboard().setText("¥1,268.50")
    QTest.keyClick(panel.amount, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.edits == ["1268.50"]

    QApplication.clipboard().setText("twelve")
    QTest.keyClick(panel.amount, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.amount.text() == "1268.50"


def test_a_selected_amount_is_replaced_by_the_keypad(panel: Panel) -> None:
    panel.amount.show_amount("328.00")
    panel.amount.selectAll()

    panel.tap(".")

    assert panel.amount.text() == "0."


def test_showing_the_same_amount_leaves_the_cursor(panel: Panel) -> None:
    panel.amount.show_amount("328")
    panel.amount.setCursorPosition(1)

    panel.amount.show_amount("328")

    assert panel.amount.cursorPosition() == 1
    assert panel.edits == []


def test_the_tally_takes_the_place_of_the_hint(panel: Panel) -> None:
    before = panel.amount.height()

    panel.amount.show_tally("35.00 +")

    assert panel.amount.height() == before
    panel.amount.show_tally("")


def test_a_screen_reader_meets_an_editable_text_without_an_input_method(panel: Panel) -> None:
    reader = QAccessible.queryAccessibleInterface(panel.amount)

    assert reader.role() is QAccessible.Role.EditableText
    assert reader.text(QAccessible.Text.Name) == "Amount"
    assert not panel.amount.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
