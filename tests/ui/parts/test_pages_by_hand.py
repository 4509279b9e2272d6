"""The pages under hands: keys, fingers, Escape."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.ui.kit.buttons import Button
from pos_app.ui.member_page.state import Deed
from pos_app.ui.refund.find_card import OrderButton
from pos_app.ui.refund.what_card import UnitRow
from tests.shop import MANAGER
from tests.ui.parts.at_the_till import manager_at
from tests.ui.parts.pages import Pages


def test_the_danger_button_never_has_the_focus_by_itself(pages: Pages) -> None:
    view = pages.refund_planned()

    assert view.plan.cancel.hasFocus()
    assert not view.plan.submit.isEnabled()


def test_the_danger_button_opens_with_the_last_digits(pages: Pages) -> None:
    view = pages.refund_planned()
    next(one for one in view.what.reasons.all_buttons() if one.text() == "Quality").click()

    QTest.keyClicks(view.plan.tail, pages.sale.stamp.slip[-4:])

    assert view.plan.submit.isEnabled()
    assert view.plan.submit.text().endswith("Refund ¥106.00")


def test_a_gift_is_settled_by_hand_before_the_danger_button_opens(pages: Pages) -> None:
    view = pages.refund_gift()
    next(one for one in view.what.reasons.all_buttons() if one.text() == "Quality").click()
    QTest.keyClicks(view.plan.tail, pages.sale.stamp.slip[-4:])
    assert not view.plan.submit.isEnabled()
    assert view.plan.gifts.waivers is not None

    view.plan.gifts.waivers.button_of("goodwill").click()
    waived = view.plan.submit.text()
    view.plan.gifts.rows[0].ends.button_of("kept").click()

    assert waived.endswith("Refund ¥600.00")
    assert view.plan.submit.isEnabled()
    assert view.plan.submit.text().endswith("Refund ¥550.00")


def test_escape_goes_back_one_layer_at_a_time(pages: Pages) -> None:
    view = pages.refund_planned()
    presenter = view._presenter  # noqa: SLF001 -- what the page asks is seen there

    QTest.keyClick(view, Qt.Key.Key_Escape)

    assert presenter.shown.state.slip is None


def test_a_ticket_is_a_check_box_that_the_keyboard_toggles(pages: Pages) -> None:
    view = pages.top_up()

    view.sums.tickets[1].setFocus()
    QTest.keyClick(view.sums.tickets[1], Qt.Key.Key_Space)

    assert view.sums.tickets[1].isChecked()
    assert view.pay.submit.text() == "Take ¥500.00"


def test_the_largest_sum_is_one_press_away(pages: Pages) -> None:
    view = pages.top_up()
    QTest.keyClicks(view.sums.amount, "4999")

    view.sums.largest.click()

    assert view.pay.submit.isEnabled()


def test_a_wrong_manager_pin_empties_the_boxes(pages: Pages) -> None:
    view = pages.top_up()
    view.sums.amount.edited.emit("2000")
    view.pay.submit.click()

    QTest.keyClicks(view.right.pane.number, MANAGER[0])
    QTest.keyClicks(view.right.pane.pin, "000000")

    assert view.right.pane.pin.text() == ""
    assert view.right.pane.pin.wrong


def test_the_register_sheet_saves_by_keyboard_alone(pages: Pages) -> None:
    sheet = pages.register()

    QTest.keyClicks(sheet.phone, "13900001111")
    sheet.terms.setFocus()
    QTest.keyClick(sheet.terms, Qt.Key.Key_Space)
    QTest.keyClick(sheet.terms, Qt.Key.Key_Return)

    found = pages.shop.ledger.read().execute("SELECT count(*) FROM member", ()).fetchone()
    assert found[0] == 2


def test_both_consents_begin_unticked_each_time(pages: Pages) -> None:
    sheet = pages.register()
    sheet.terms.setChecked(True)
    sheet.marketing.setChecked(True)

    sheet.open_for()

    assert not sheet.terms.isChecked()
    assert not sheet.marketing.isChecked()


def test_the_text_of_the_terms_can_be_read_in_the_sheet(pages: Pages) -> None:
    sheet = pages.register()

    sheet.read.click()

    assert "Stored value" in sheet._text.text()  # noqa: SLF001 -- the text is what counts
    assert sheet._text.isVisible()  # noqa: SLF001


def test_every_tab_about_a_member_can_be_turned_to(pages: Pages) -> None:
    view = pages.about()

    for name in ("value", "points", "coupons", "tier", "orders", "overview"):
        view.tabs.chosen.emit(name)
        assert view.tabs.current == name


def test_a_deed_opens_its_sheet_and_escape_closes_it(pages: Pages) -> None:
    view = pages.about()
    view._presenter.deeds.start(Deed.FREEZE)  # noqa: SLF001 -- as its button does
    opened = view.sheet.isVisible()

    QTest.keyClick(view.sheet, Qt.Key.Key_Escape)

    assert opened
    assert not view.sheet.isVisible()


def test_a_picked_line_of_the_journal_is_explained(pages: Pages) -> None:
    view = pages.journal_explained()

    assert view.panel.isVisible()


def test_escape_leaves_the_top_up_page_after_the_question(pages: Pages) -> None:
    view = pages.top_up()
    view.sums.amount.edited.emit("2000")
    view.pay.submit.click()
    approval = view.right.pane

    QTest.keyClick(approval.number, Qt.Key.Key_Escape)

    assert not approval.isVisible()
    assert view.pay.isVisible()


def test_the_sums_for_fingers_add_up_and_are_cleared(pages: Pages) -> None:
    view = pages.top_up()
    for wanted in ("+ ¥100", "+ ¥500"):
        next(one for one in view.sums.findChildren(Button) if one.label == wanted).click()
    added = view.sums.amount.text()

    next(one for one in view.sums.findChildren(Button) if one.label == "Clear").click()

    assert added == "600.00"
    assert view.sums.amount.text() == ""


def test_orders_are_opened_with_enter(pages: Pages) -> None:
    view = pages.refund()
    order = view.finder.findChildren(OrderButton)[0]

    order.setFocus()
    QTest.keyClick(order, Qt.Key.Key_Return)

    assert view.what.isVisible()


def test_articles_are_ticked_by_hand(pages: Pages) -> None:
    view = pages.refund_planned()
    units = view.what.findChildren(UnitRow)

    units[2].tick.click()
    view.what.void.click()

    assert view.plan.submit.text().endswith("¥42.00")


def test_a_refund_ends_with_its_outcome(pages: Pages) -> None:
    pages.cashier = manager_at(pages.shop)
    view = pages.refund_planned()
    next(one for one in view.what.reasons.all_buttons() if one.text() == "Quality").click()
    QTest.keyClicks(view.plan.tail, pages.sale.stamp.slip[-4:])

    view.plan.submit.click()
    view.focus_first()
    done = view.outcome.isVisible()
    QTest.keyClick(view.outcome.done, Qt.Key.Key_Escape)

    assert done


def test_escape_closes_the_explanation_and_only_that(pages: Pages) -> None:
    view = pages.journal_explained()

    QTest.keyClick(view.table.table, Qt.Key.Key_Escape)
    closed = not view.panel.isVisible()
    QTest.keyClick(view.table.table, Qt.Key.Key_Escape)

    assert closed
    assert view.isVisible()


def test_escape_leaves_the_page_about_a_member(pages: Pages) -> None:
    view = pages.about()

    QTest.keyClick(view.tabs, Qt.Key.Key_Escape)
    QTest.keyClick(view.tabs, Qt.Key.Key_F2)

    assert view.isVisible()


def test_a_member_is_searched_for_and_opened_with_enter(pages: Pages) -> None:
    view = pages.members()
    view.focus_first()
    QTest.keyClicks(view.search, "wang")

    view.table.table.selectRow(0)
    QTest.keyClick(view.table.table, Qt.Key.Key_Return)

    assert view.serve.isEnabled()


def test_two_pins_are_typed_into_the_sheet(pages: Pages) -> None:
    view = pages.about()
    view._presenter.deeds.start(Deed.PIN)  # noqa: SLF001 -- as its button does

    QTest.keyClicks(view.sheet.pin, "582046")
    QTest.keyClicks(view.sheet.pin_again, "582046")

    assert not view.sheet.isVisible()
    assert view._notice.isVisible()  # noqa: SLF001 -- what was done is said there


def test_a_lunar_birthday_offers_the_leap_month(pages: Pages) -> None:
    sheet = pages.register()

    sheet.who.calendar.select("lunar")
    sheet.who.calendar.chosen.emit("lunar")

    assert sheet.who.leap.isVisible()


def test_the_register_sheet_closes_itself_once_the_member_is_registered(pages: Pages) -> None:
    sheet = pages.register()
    QTest.keyClicks(sheet.phone, "13900001111")
    sheet.terms.setChecked(True)

    sheet.submit.click()

    assert not sheet.isVisible()
