"""The boxes of a code are one line edit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.keypad import PinPad
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.theme import Theme
from tests.ui.kit.conftest import show_active


@pytest.fixture
def code(qtbot: QtBot, theme: Theme) -> OtpEdit:
    """Show the boxes, focused."""
    made = OtpEdit(theme)
    show_active(qtbot, made)
    made.setFocus()
    return made


@pytest.fixture
def completed(code: OtpEdit) -> list[str]:
    """Return the codes that were completed."""
    codes: list[str] = []
    code.completed.connect(codes.append)
    return codes


def test_the_last_figure_completes_the_code(code: OtpEdit, completed: list[str]) -> None:
    QTest.keyClicks(code, "48271")
    assert completed == []

    QTest.keyClicks(code, "9")

    assert completed == ["482719"]


def test_letters_and_a_seventh_figure_are_not_taken(code: OtpEdit) -> None:
    QTest.keyClicks(code, "4a8b27190")

    assert code.text() == "482719"


def test_a_code_may_be_pasted_with_its_blanks(code: OtpEdit, completed: list[str]) -> None:
    QApplication.clipboard().setText(" 482 719\n")

    QTest.keyClick(code, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert completed == ["482719"]


def test_a_wrong_code_empties_the_boxes_until_the_next_figure(code: OtpEdit) -> None:
    QTest.keyClicks(code, "482719")

    code.refuse()
    assert (code.text(), code.wrong) == ("", True)
    assert code.hasFocus()

    QTest.keyClicks(code, "1")
    assert not code.wrong


def test_a_reset_forgets_figures_and_error(code: OtpEdit) -> None:
    code.setText("123")
    code.refuse()

    code.reset()

    assert (code.text(), code.wrong) == ("", False)


def test_a_secret_is_dots_for_eyes_and_for_readers(code: OtpEdit) -> None:
    code.setText("4827")

    code.set_secret(secret=True)

    assert code.echoMode() is QLineEdit.EchoMode.Password
    assert "4827" not in code.displayText()
    assert not code.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert code.accessibleName() == "PIN, 6 figures"


def test_a_secret_looks_different_from_a_code(code: OtpEdit) -> None:
    code.setText("4827")
    open_look = code.grab().toImage()

    code.set_secret(secret=True)

    assert code.grab().toImage() != open_look


def test_a_screen_reader_meets_an_editable_text(code: OtpEdit) -> None:
    reader = QAccessible.queryAccessibleInterface(code)

    assert reader.role() is QAccessible.Role.EditableText


def test_a_pin_pad_types_into_the_boxes(
    qtbot: QtBot, theme: Theme, code: OtpEdit, completed: list[str]
) -> None:
    pad = PinPad(theme)
    qtbot.addWidget(pad)
    pad.digit.connect(code.put)
    pad.erased.connect(code.backspace)
    pad.cleared.connect(code.reset)
    keys = {key.text(): key for key in pad.findChildren(type(pad.figure_keys[0]))}

    for figure in "111111":
        keys[figure].click()
    keys["Clear"].click()

    assert completed == ["111111"]
    assert code.text() == ""


def test_a_dealt_pin_pad_types_what_stands_on_the_key(qtbot: QtBot, theme: Theme) -> None:
    pad, typed = PinPad(theme), list[str]()
    qtbot.addWidget(pad)
    pad.digit.connect(typed.append)

    pad.deal("3810957264")
    pad.figure_keys[0].click()

    assert typed == ["3"]
    assert pad.figure_keys[0].accessibleName() == "3"
