"""A new name or another role, from the page to the book."""

from pos_app.ledger.operators import sign_in
from pos_app.ledger.rules.access import Role
from pos_app.ui.operators_page.state import Answers, Deed
from tests.people import CASHIER, cashier, second_manager
from tests.shop import MANAGER
from tests.ui.operators_page.conftest import Desk


def test_a_cashier_becomes_a_manager_under_a_new_name(desk: Desk) -> None:
    worker = cashier(desk.shop)
    desk.page.open()

    promoted = Answers(name="周小敏", role="manager", own_pin=MANAGER[1])
    desk.about(worker, Deed.EDIT, promoted)

    assert desk.row(CASHIER[0])[1:3] == ("周小敏", "Manager")
    assert sign_in(desk.shop.ledger, *CASHIER).role is Role.MANAGER
    assert desk.state.notice == "Done: Name and role · 周小敏"


def test_the_sheet_begins_with_what_is_kept(desk: Desk) -> None:
    worker = cashier(desk.shop)
    desk.page.open()

    desk.page.pick(str(worker))
    desk.page.start(Deed.EDIT)

    assert (desk.sheet.who, desk.sheet.name, desk.sheet.role) == ("周敏 · 1001", "周敏", "cashier")
    assert desk.sheet.confirmed_by == "林晓雯 · 0001"
    assert desk.sheet.role_reason == ""


def test_an_empty_name_is_not_kept(desk: Desk) -> None:
    worker = cashier(desk.shop)
    desk.page.open()

    desk.about(worker, Deed.EDIT, Answers(name=" ", own_pin=MANAGER[1]))

    assert desk.sheet.problems.name == "Please fill this in."


def test_managers_do_not_lower_themselves(desk: Desk) -> None:
    second_manager(desk.shop)
    desk.page.open()

    lowered = Answers(name="林晓雯", role="cashier", own_pin=MANAGER[1])
    desk.about(desk.shop.manager, Deed.EDIT, lowered)

    assert desk.sheet.problem == "Another manager has to decide about your own appointment."
    assert desk.sheet.role_reason == desk.sheet.problem


def test_a_managers_own_new_name_is_carried_to_the_till(desk: Desk) -> None:
    desk.page.open()

    corrected = Answers(name="林晓文", role="manager", own_pin=MANAGER[1])
    desk.about(desk.shop.manager, Deed.EDIT, corrected)

    assert [who.name for who in desk.renamed] == ["林晓文"]
