"""Scans arrive wherever the focus is, and people can still type."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.focus import can_take_focus
from pos_app.ui.kit.gallery import PAGES, GalleryWindow
from pos_app.ui.kit.scan import ScanFilter, Scanner
from tests.ui.kit.conftest import SetClock, show_active

CODE = "MBR:880020417731"


class Form(QWidget):
    """A field, a button, and what happened to them."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.button = QPushButton("Pay")
        self.button.setAutoDefault(True)
        self.presses = 0
        self.button.clicked.connect(self._press)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.button)

    def _press(self) -> None:
        self.presses += 1


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    """Show the form in an active window, the focus in its field."""
    made = Form()
    show_active(qtbot, made)
    made.field.setFocus()
    return made


@pytest.fixture
def heard(scans: ScanFilter) -> list[str]:
    """Return the codes that were reported."""
    codes: list[str] = []
    scans.scanned.connect(codes.append)
    return codes


def scan(code: str, *, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type as a scanner does: every key to whatever has the focus by then."""
    for character in code:
        QTest.keyClicks(target(), character)
    QTest.keyClick(target(), end)


def target() -> QWidget:
    """Return where Qt sends a key: the focused widget, else the window."""
    found = QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None
    return found


def type_slowly(clock: SetClock, text: str) -> None:
    for character in text:
        QTest.keyClicks(target(), character)
        clock.pass_ms(90)


def test_a_scan_is_reported_and_leaves_no_trace_in_the_field(form: Form, heard: list[str]) -> None:
    scan(CODE)

    assert heard == [CODE]
    assert form.field.text() == ""


def test_a_scan_may_end_with_tab_and_the_focus_stays(form: Form, heard: list[str]) -> None:
    scan(CODE, end=Qt.Key.Key_Tab)

    assert heard == [CODE]
    assert form.field.hasFocus()


def test_a_scan_never_presses_the_focused_button(form: Form, heard: list[str]) -> None:
    form.button.setFocus()

    scan("CPN:WITH SPACE INSIDE")

    assert heard == ["CPN:WITH SPACE INSIDE"]
    assert form.presses == 0
    assert not form.button.isDown()


def test_a_scan_arrives_without_any_focus(form: Form, heard: list[str]) -> None:
    form.field.clearFocus()
    assert QApplication.focusWidget() is None

    scan(CODE)

    assert heard == [CODE]


def test_a_scan_that_the_system_hands_to_the_window_arrives(form: Form, heard: list[str]) -> None:
    form.field.clearFocus()
    window = form.windowHandle()

    for character in "88002041":
        QTest.keyClick(window, Qt.Key(ord(character)))
    QTest.keyClick(window, Qt.Key.Key_Return)

    assert heard == ["88002041"]


@pytest.mark.parametrize("page", PAGES)
def test_a_scan_arrives_from_every_focus(
    gallery: GalleryWindow, heard: list[str], scan_clock: SetClock, page: str
) -> None:
    gallery.show_page(page)
    stops = [stop for stop in gallery.findChildren(QWidget) if can_take_focus(stop)]
    assert len(stops) > 3

    for number, stop in enumerate(stops):
        stop.setFocus()
        scan(f"RCP:S2026-{number:04}")
        scan_clock.pass_ms(2000)

    assert heard == [f"RCP:S2026-{number:04}" for number in range(len(stops))]


def test_what_a_person_types_is_given_back(
    qtbot: QtBot, form: Form, heard: list[str], scan_clock: SetClock
) -> None:
    type_slowly(scan_clock, "13800138000")
    qtbot.waitUntil(lambda: form.field.text() == "13800138000")
    QTest.keyClick(form.field, Qt.Key.Key_Return)

    assert heard == []


def test_half_a_scan_is_given_back_by_itself(qtbot: QtBot, form: Form, heard: list[str]) -> None:
    for character in "88002041":
        QTest.keyClicks(form.field, character)
    assert form.field.text() == ""

    qtbot.waitUntil(lambda: form.field.text() == "88002041")

    assert heard == []


def test_a_short_burst_with_enter_is_a_person(form: Form, heard: list[str]) -> None:
    confirmed: list[str] = []
    form.field.returnPressed.connect(lambda: confirmed.append(form.field.text()))

    scan("328")

    assert heard == []
    assert confirmed == ["328"]


def test_a_person_presses_a_button_with_space_and_with_enter(qtbot: QtBot, form: Form) -> None:
    form.button.setFocus()

    QTest.keyClick(form.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: form.presses == 1)
    QTest.keyClick(form.button, Qt.Key.Key_Return)

    assert form.presses == 2
    assert not form.button.isDown()


def test_the_same_code_within_a_second_and_a_half_counts_once(
    form: Form, heard: list[str], scan_clock: SetClock
) -> None:
    scan(CODE)
    scan_clock.pass_ms(1500)
    scan(CODE)
    assert heard == [CODE]

    scan_clock.pass_ms(1)
    scan(CODE)

    assert heard == [CODE, CODE]
    assert form.field.text() == ""


def test_another_code_counts_at_once(form: Form, heard: list[str]) -> None:
    scan(CODE)
    scan("CPN:20417")

    assert heard == [CODE, "CPN:20417"]
    assert form.field.text() == ""


def test_a_second_enter_of_the_scanner_is_swallowed_too(
    form: Form, heard: list[str], scan_clock: SetClock
) -> None:
    form.button.setFocus()

    scan(CODE)
    QTest.keyClick(form.button, Qt.Key.Key_Enter)
    assert form.presses == 0

    scan_clock.pass_ms(200)
    QTest.keyClick(form.button, Qt.Key.Key_Enter)
    assert form.presses == 1
    assert heard == [CODE]


def test_a_held_down_key_is_a_person(form: Form, heard: list[str]) -> None:
    for _ in range(8):
        repeat = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", autorep=True
        )
        QApplication.sendEvent(form.field, repeat)
    QTest.keyClick(form.field, Qt.Key.Key_Return)

    assert heard == []
    assert form.field.text() == "11111111"


def test_shift_inside_a_scan_does_not_break_it(form: Form, heard: list[str]) -> None:
    for character in "MBR:8800":
        QTest.keyClick(form.field, Qt.Key.Key_Shift)
        QTest.keyClicks(form.field, character)
    QTest.keyClick(form.field, Qt.Key.Key_Return)

    assert heard == ["MBR:8800"]


def test_commands_are_never_held(form: Form, heard: list[str]) -> None:
    form.field.setText("328")

    QTest.keyClick(form.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    assert form.field.selectedText() == "328"
    assert heard == []


def test_no_key_of_a_scan_starts_a_shortcut(form: Form, heard: list[str]) -> None:
    started: list[str] = []
    for key in ("?", "Return"):
        QShortcut(QKeySequence(key), form).activated.connect(lambda key=key: started.append(key))

    scan("https://shop.example/r/?S20261121")

    assert started == []
    assert heard == ["https://shop.example/r/?S20261121"]


def test_a_configured_prefix_is_surer_than_timing(
    form: Form, scans: ScanFilter, heard: list[str], scan_clock: SetClock
) -> None:
    scans.tune(Scanner(prefix="~"))

    for character in "~12":
        QTest.keyClicks(form.field, character)
        scan_clock.pass_ms(120 if character != "~" else 10)
    QTest.keyClick(form.field, Qt.Key.Key_Return)

    assert heard == ["12"]
    assert form.field.text() == ""


def test_a_configured_suffix_ends_a_scan_without_enter(
    form: Form, scans: ScanFilter, heard: list[str]
) -> None:
    scans.tune(Scanner(suffix="#"))

    for character in "8800204#":
        QTest.keyClicks(form.field, character)

    assert heard == ["8800204"]
    assert form.field.text() == ""


def test_the_focus_may_move_while_keys_are_held(form: Form, scans: ScanFilter) -> None:
    other = QLineEdit(form)
    other.show()
    QTest.keyClicks(form.field, "7")
    other.setFocus()

    scans.give_back()

    assert other.text() == "7"
    assert form.field.text() == ""


def test_what_is_not_a_key_passes(scans: ScanFilter, form: Form) -> None:
    assert not scans.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress))
    assert not scans.eventFilter(form, QEvent(QEvent.Type.Enter))
