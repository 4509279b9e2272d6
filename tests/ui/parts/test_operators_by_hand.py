"""The operators page under hands: keys, fingers, and what stays on a sheet that is closed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from pos_app.ledger.appointments import listed
from pos_app.ui.operators_page.state import Deed
from tests.people import CASHIER
from tests.shop import MANAGER
from tests.ui.parts.pages import Pages

NEW_PIN = "951246"
Key = Qt.Key


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    if text.isascii():
        QTest.keyClicks(focused, text)
    else:
        focused.insert(text)  # an input method writes it, not a key


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_a_cashier_is_added_by_keyboard_alone(pages: Pages) -> None:
    view = pages.operators()
    view.new.click()
    for text in ("1002", "李雷", NEW_PIN, NEW_PIN):
        write(text)
        press(Key.Key_Return)

    write(MANAGER[1])

    assert not view.sheet.isVisible()
    assert [card.number for card in listed(pages.shop.ledger)] == ["0001", "1001", "1002"]
    assert view.table.table.currentIndex().row() == 2


def test_a_wrong_own_pin_empties_its_boxes_and_keeps_the_rest(pages: Pages) -> None:
    view = pages.operators()
    view.new.click()
    for text in ("1002", "李雷", NEW_PIN, NEW_PIN):
        write(text)
        press(Key.Key_Return)

    write("000001")

    assert (view.sheet.own_pin.text(), view.sheet.own_pin.wrong) == ("", True)
    assert view.sheet.own_pin.hasFocus()
    assert view.sheet.number.text() == "1002"


def test_a_refused_form_has_the_focus_where_it_began(pages: Pages) -> None:
    view = pages.operators()
    view.new.click()
    for text in (CASHIER[0], "李雷", NEW_PIN, NEW_PIN):
        write(text)
        press(Key.Key_Return)

    write(MANAGER[1])

    assert view.sheet.number.hasFocus()
    assert view.sheet.own_pin.text() == MANAGER[1]


def test_a_finger_lets_an_operator_go_and_takes_them_back(pages: Pages) -> None:
    view = pages.operator_picked()

    view.sheet.own_pin.setText(MANAGER[1])
    view.sheet.danger.click()
    gone = listed(pages.shop.ledger)[1].active
    view.deeds[3].click()
    write(MANAGER[1])

    assert not gone
    assert listed(pages.shop.ledger)[1].active
    assert view.deeds[3].text().endswith("Let go")


def test_escape_closes_the_sheet_and_leaves_nothing_typed_on_it(pages: Pages) -> None:
    view = pages.operator_picked(Deed.PIN)
    write(NEW_PIN)

    press(Key.Key_Escape)

    assert not view.sheet.isVisible()
    assert view.sheet.pin.text() == ""


def test_enter_on_a_line_opens_name_and_role(pages: Pages) -> None:
    view = pages.operators()
    view.table.table.setFocus()
    view.table.table.selectRow(1)

    press(Key.Key_Return)
    press(Key.Key_Return)

    assert view.sheet.name.text() == "周敏"
    assert view.sheet.own_pin.hasFocus()


def test_the_form_works_again_after_a_deed_was_done(pages: Pages) -> None:
    view = pages.operator_picked()
    write(MANAGER[1])

    view.deeds[0].click()

    assert view.sheet.name.hasFocus()


def test_managers_cannot_choose_to_be_less(pages: Pages) -> None:
    view = pages.operators()
    view.table.table.selectRow(0)

    view.deeds[0].click()

    segments = view.sheet.role.findChildren(QPushButton)
    cashier = next(one for one in segments if one.text() == "Cashier")
    assert not cashier.isEnabled()
    assert cashier.toolTip() == "This is the last manager. Appoint another one first."
    assert not view.deeds[3].isEnabled()
