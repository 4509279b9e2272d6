"""Sheets, tenders and coupons in the window, by key and by finger."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel

from pos_app.ui.kit.coupon import Coupon
from pos_app.ui.shell.view import MainWindow
from tests.people import SECOND_MANAGER, second_manager
from tests.shop import MEMBER_PIN
from tests.ui.shell.hands import Hands
from tests.ui.shell.till import Till


def test_two_tenders_are_typed_from_the_keypad(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    keys = {key.text(): key for key in window.panel.keypad.findChildren(QAbstractButton)}
    hands.press(Qt.Key.Key_F2)
    hands.write("100")
    hands.press(Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.panel.detail.split.first

    for tapped in ("4", "00", "5"):
        keys[tapped].click()
    window.panel.keypad.erased.emit()
    window.panel.keypad.erased.emit()
    typed = till.panel.split
    window.panel.keypad.cleared.emit()

    assert typed is not None
    assert typed.rest_amount == "¥60.00"
    assert till.panel.split is not None
    assert till.panel.split.rest_amount == "¥100.00"


def test_points_are_typed_in_their_sheet(window: MainWindow, till: Till, hands: Hands) -> None:
    member = till.regular()
    till.serve(member, "2000")
    till.checkout.choose_tender("wechat")
    till.checkout.pay()
    till.serve(member, "50")
    pad = {key.text(): key for key in window.points.findChildren(QAbstractButton)}

    hands.press(Qt.Key.Key_F7)
    for tapped in ("3", "0", "0"):
        pad[tapped].click()
    hands.press(Qt.Key.Key_Backspace)
    hands.write("0")
    hands.press(Qt.Key.Key_Return)

    assert till.panel.deductions[-1].tag == "300 pts"
    assert not window.points.isVisible()


def test_a_manager_agrees_at_the_same_sheet(window: MainWindow, till: Till, hands: Hands) -> None:
    second_manager(till.shop)
    till.serve(till.regular(), "1100")
    hands.press(Qt.Key.Key_F12)
    hands.write(MEMBER_PIN)
    asks_manager = window.second_factor.approval.isVisible()

    hands.write(SECOND_MANAGER[0])
    hands.press(Qt.Key.Key_Return)
    hands.write(SECOND_MANAGER[1])

    assert asks_manager
    assert till.panel.finished is not None


def test_a_badge_saves_typing_the_managers_number(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    second_manager(till.shop)
    till.serve(till.regular(), "1100")
    hands.press(Qt.Key.Key_F12)
    hands.write(MEMBER_PIN)

    hands.scan("EMP:0002")
    hands.write("111111")
    wrong = till.shell.second_factor.shown.state.problem
    hands.write(SECOND_MANAGER[1])

    assert "not right" in wrong
    assert till.panel.finished is not None
    assert not window.second_factor.isVisible()


def test_a_locked_pin_offers_another_tender_in_its_place(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    till.serve(till.regular(), "60")
    hands.press(Qt.Key.Key_F12)
    pad = {key.text(): key for key in window.second_factor.pin.findChildren(QAbstractButton)}
    pad["1"].click()
    window.second_factor.pin.boxes.reset()
    for _attempt in range(5):
        hands.write("111111")

    barred = window.second_factor.barred.other.isVisible()
    window.second_factor.barred.other.click()

    assert barred
    assert till.panel.tender == "wechat"


def test_coupons_are_chosen_by_finger(window: MainWindow, till: Till, hands: Hands) -> None:
    member = till.regular()
    for template in ("M300-50", "NEW5", "G200", "M500-100"):
        till.give_coupon(member, template)
    till.serve(member, "328")
    ticket = next(
        one for one in window.counter.member.coupons.findChildren(Coupon) if one.isChecked()
    )

    ticket.click()
    by_hand = till.page.loaded is not None and till.page.loaded.mix.by_hand
    hands.press(Qt.Key.Key_F4)
    shown = window.coupons.isVisible()
    till.counter.leave()

    assert by_hand
    assert shown
    assert window.coupons.findChildren(Coupon)[0].isHidden()


def test_digits_and_plus_work_from_any_button(window: MainWindow, till: Till, hands: Hands) -> None:
    window.counter.top.new.setFocus()

    hands.write("35+")
    window.counter.top.new.setFocus()
    hands.write("+")

    assert till.panel.due == "¥35.00"


def test_the_rail_locks_and_changes_pages(window: MainWindow, till: Till) -> None:
    window.rail.chosen.emit("lock")
    window.rail.chosen.emit("journal")

    assert till.heard.locks == 1
    assert till.shell.shown.state.page == "journal"


def test_finding_a_member_leaves_any_page(window: MainWindow, till: Till, hands: Hands) -> None:
    till.shell.go("journal")
    window.panel.amount.setFocus()

    hands.press(Qt.Key.Key_F1)

    assert till.shell.shown.state.page == "counter"
    assert window.focusWidget() is window.counter.top.lookup


def test_what_was_typed_into_the_look_up_can_be_registered(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    hands.write("13812340217")

    window.counter.top.new.click()

    assert till.heard.registrations == ["13812340217"]


def test_the_eye_shows_the_number_for_a_while(window: MainWindow, till: Till) -> None:
    till.serve(till.regular())

    window.counter.member.card.reveal_wanted.emit()
    assert till.page.loaded is not None
    shown = till.page.loaded.card.phone
    window.counter.member.card.conceal_wanted.emit()

    assert shown == "138 1234 0217"


def test_each_line_of_the_panel_says_how_it_was_made(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    member = till.regular()
    till.give_coupon(member, "NEW5")
    till.serve(member, "100")
    line = window.panel.detail.deductions.asked[0]

    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    shown = [text.text() for text in window.price.findChildren(QLabel) if text.isVisible()]
    hands.press(Qt.Key.Key_Escape)
    line.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Qt.Key.Key_Return)

    assert "Goods that it reaches" in shown
    assert window.price.isVisible()
    assert till.heard.slips == []


def test_the_whole_price_is_explained_by_a_key(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    hands.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    nothing_to_say = window.price.isVisible()
    till.serve(till.regular(), "100")

    hands.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    said = [card.accessibleName() for card in window.price.findChildren(QFrame)]
    assert not nothing_to_say
    assert [name.partition(":")[0] for name in said if ":" in name] == [
        "To pay",
        "Stored value",
        "Points earned",
        "Growth",
    ]
