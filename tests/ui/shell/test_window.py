"""The window as a cashier meets it: keys, fingers, scans, sizes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.shell.idle import IdleLock
from pos_app.ui.shell.view import MainWindow
from tests.shop import MEMBER_PIN
from tests.ui.shell.hands import Hands
from tests.ui.shell.till import Till

PHONE = "13812340217"


def stops(window: QWidget) -> list[QWidget]:
    """Return every widget that Tab can reach now."""
    found = window.findChildren(QWidget)
    by_tab = Qt.FocusPolicy.TabFocus
    return [
        one for one in found if one.isVisible() and one.isEnabled() and one.focusPolicy() & by_tab
    ]


def test_the_look_up_has_the_focus_at_first(window: MainWindow) -> None:
    assert window.focusWidget() is window.counter.top.lookup


def test_a_regular_pays_with_scan_amount_enter_and_pin(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    till.regular()

    hands.scan(PHONE)
    hands.write("328")
    hands.press(Qt.Key.Key_Return)
    hands.write(MEMBER_PIN)

    assert till.panel.finished is not None
    assert window.panel.finished.isVisible()
    assert len(till.heard.slips) == 1


def test_a_scan_opens_the_member_wherever_the_focus_is(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    till.regular()
    deaf = []

    for place, stop in enumerate(stops(window)):
        phone = f"139{place:08}"
        till.shop.member(phone, name="李小红")
        till.counter.leave()
        stop.setFocus()
        hands.scan(phone)
        if till.counter.member is None:
            deaf.append(stop)

    assert deaf == []


def test_a_digit_typed_on_a_button_goes_into_the_amount(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    window.panel.call.setEnabled(True)
    window.counter.top.new.setFocus()

    hands.write("12")

    assert till.panel.due == "¥12.00"


def test_letters_in_the_amount_look_for_a_member(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    till.regular()
    window.panel.amount.setFocus()

    hands.write("wx")

    assert [hit.name for hit in till.page.lookup.hits] == ["王**"]


def test_taps_on_the_keypad_type_the_amount_and_leave_the_focus(
    window: MainWindow, till: Till
) -> None:
    keys = {key.text(): key for key in window.panel.keypad.findChildren(QAbstractButton)}
    window.panel.amount.setFocus()

    for tapped in ("3", "2", "8", ".", "5"):
        keys[tapped].click()

    assert till.panel.due == "¥328.50"
    assert window.focusWidget() is window.panel.amount


def test_a_second_point_and_a_minus_are_refused_in_words(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    window.panel.amount.setFocus()

    hands.write("3.5.")
    second_point = till.panel.notice
    hands.write("-")

    assert second_point is not None
    assert "decimal point" in second_point.text
    assert till.panel.notice is not None
    assert "never negative" in till.panel.notice.text
    assert till.panel.amount == "3.5"


def test_a_pasted_word_is_refused_in_words(window: MainWindow, till: Till, hands: Hands) -> None:
    window.panel.amount.setFocus()
    QApplication.clipboard().setText("abc")

    hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert till.panel.notice is not None
    assert "abc" in till.panel.notice.text


def test_plus_adds_up_from_the_keyboard(window: MainWindow, till: Till, hands: Hands) -> None:
    window.panel.amount.setFocus()

    hands.write("35+48")

    assert till.panel.due == "¥83.00"


def test_a_second_enter_at_once_does_not_hide_the_change(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    hands.press(Qt.Key.Key_F2)
    hands.write("83")

    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_F12)
    window.panel.finished.call.click()

    assert till.panel.finished is not None


def test_enter_begins_the_next_order_after_a_moment(
    window: MainWindow, till: Till, qtbot: QtBot, hands: Hands
) -> None:
    hands.press(Qt.Key.Key_F2)
    hands.write("83")
    hands.press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: not window.panel.finished.settling)
    hands.press(Qt.Key.Key_Return)

    assert till.panel.finished is None


def test_one_enter_takes_one_step(window: MainWindow, till: Till, hands: Hands) -> None:
    hands.press(Qt.Key.Key_F2)
    hands.write("83")

    hands.press(Qt.Key.Key_Return)

    assert till.panel.finished is not None
    assert window.panel.finished.isVisible()


def test_cash_is_counted_from_the_keyboard(window: MainWindow, till: Till, hands: Hands) -> None:
    hands.press(Qt.Key.Key_F2)
    hands.write("83")
    hands.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    hands.press(Qt.Key.Key_Return)
    hands.write("100")

    assert till.panel.cash is not None
    assert till.panel.cash.change == "¥17.00"
    hands.press(Qt.Key.Key_Return)
    assert till.heard.drawers == 1
    assert window.panel.finished.isVisible()


def test_escape_leaves_the_sheet_and_the_order_stays(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    till.serve(till.regular(), "60")
    hands.press(Qt.Key.Key_F12)
    shown = window.second_factor.isVisible()

    hands.press(Qt.Key.Key_Escape)

    assert shown
    assert not window.second_factor.isVisible()
    assert till.panel.due == "¥60.00"


def test_the_enter_of_a_scan_pays_nothing(window: MainWindow, till: Till, hands: Hands) -> None:
    till.serve(till.regular(), "60")
    till.checkout.choose_tender("wechat")
    window.panel.call.setFocus()

    hands.scan("ABCDEF1234")

    assert till.panel.finished is None


def test_the_list_under_the_look_up_is_walked_with_arrows(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    till.shop.member("13812340217")
    till.shop.member("15912340217", name="陈一")
    hands.press(Qt.Key.Key_F1)
    hands.write("0217")

    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)

    assert till.counter.member is not None
    assert not window.counter.results.isVisible()


def test_sheets_open_by_their_keys(window: MainWindow, till: Till, hands: Hands) -> None:
    till.serve(till.regular(), "60")
    opened = []

    for key, sheet in (
        (Qt.Key.Key_F4, window.coupons),
        (Qt.Key.Key_F7, window.points),
    ):
        hands.press(key)
        opened.append(sheet.isVisible())
        hands.press(Qt.Key.Key_Escape)
        opened.append(not sheet.isVisible())

    assert all(opened)


def test_held_orders_are_fetched_from_their_sheet(
    window: MainWindow, till: Till, hands: Hands
) -> None:
    till.checkout.amount_edited("35")
    hands.press(Qt.Key.Key_F8)
    hands.press(Qt.Key.Key_F8)

    window.held.findChildren(QAbstractButton)[-1].click()

    assert till.panel.due == "¥35.00" or window.held.isVisible()


def test_a_dropped_member_is_one_click_away(window: MainWindow, till: Till) -> None:
    till.serve(till.regular())
    till.shell.escape()

    assert window.toasts.texts[-1] == "王** was taken off this order."
    assert isinstance(window.focusWidget(), QLineEdit)


def test_pages_replace_only_the_middle(window: MainWindow, till: Till) -> None:
    till.checkout.amount_edited("12")

    till.shell.go("journal")

    assert window.rail.current == "journal"
    assert window.panel.isVisible()
    assert not window.counter.isVisible()


def test_a_question_mark_lists_all_keys(window: MainWindow, hands: Hands) -> None:
    window.panel.amount.setFocus()

    hands.write("?")

    assert window.all_keys.isVisible()


def test_the_till_locks_itself_when_nobody_touches_it(
    window: MainWindow, till: Till, qtbot: QtBot
) -> None:
    idle = IdleLock(0, window)
    idle.expired.connect(till.shell.lock)

    idle.begin()
    qtbot.waitUntil(lambda: till.heard.locks > 0)
    idle.rest()

    assert not idle.running


def test_a_clock_set_back_shows_its_banner(window: MainWindow, till: Till) -> None:
    till.shop.clock.go(hours=-1)

    till.shell.check_clock()
    shown = window.counter.banner.isVisible()
    till.shop.clock.go(hours=1)
    till.shell.check_clock()

    assert shown
    assert not window.counter.banner.isVisible()
