"""Closing an account by hand: from the button on the tab to the second manager."""

from tests.people import second_manager
from tests.shop import MEMBER_PIN
from tests.ui.parts.pages import Pages


def test_an_account_is_closed_by_hand(pages: Pages) -> None:
    second_manager(pages.shop)
    view = pages.closing_planned()
    sheet = view.closing

    sheet.plan.holder.setText("王晓明")
    sheet.plan.tail.setText("4321")
    for figure in MEMBER_PIN:
        sheet.plan.pin.put(figure)
    asked = sheet.approval.isVisible()
    sheet.approval.number.setText("0002")
    for figure in "582046":
        sheet.approval.pin.put(figure)

    assert asked
    assert not sheet.isVisible()
    assert not view.value.close_account.isEnabled()


def test_going_back_keeps_the_sheet_and_leaving_empties_it(pages: Pages) -> None:
    view = pages.closing_planned()

    view.closing.back.click()
    back = (view.closing.terms.isVisible(), view.closing.plan.isVisible())
    view.closing.leave.click()
    view.value.close_account.click()

    assert back == (True, False)
    assert view.closing.terms.rate.text() == ""


def test_cash_needs_no_account(pages: Pages) -> None:
    view = pages.closing_planned()
    plan = view.closing.plan
    before = plan.holder.isVisible()

    plan.way.button_of("cash").setEnabled(True)
    plan.way.button_of("cash").click()

    assert (before, plan.holder.isVisible()) == (True, False)
