"""The operators page: a manager sees who works here, a cashier why the page is shut."""

from pos_app.ledger.appointments import set_active
from pos_app.ledger.operators import OperatorLocked, SignInRefused, sign_in
from pos_app.ui.operators_page.state import Deed
from tests.fakes import FakeClock
from tests.people import CASHIER, SECOND_MANAGER, cashier, second_manager
from tests.shop import MANAGER, Shop, intent
from tests.ui.operators_page.conftest import Desk
from tests.ui.parts.at_the_till import Late, cashier_at
from tests.ui.shell.till import FailingDisk


def locked_out(shop: Shop, number: str) -> None:
    for _try in range(5):
        try:
            sign_in(shop.ledger, number, "000001")
        except (SignInRefused, OperatorLocked):
            continue


def test_everybody_is_listed_with_role_standing_and_the_day_it_began(
    desk: Desk, clock: FakeClock
) -> None:
    clock.go(days=1)
    leaver = cashier(desk.shop)
    clock.go(days=2)
    set_active(desk.shop.ledger, leaver, active=False, by=desk.shop.manager, intent=intent())
    second_manager(desk.shop)

    desk.page.open()

    assert [line.cells for line in desk.state.rows] == [
        ("0001", "林晓雯", "Manager", "You, at this till", "2026-06-15"),
        ("0002", "周敏", "Manager", "Works here", "2026-06-18"),
        ("1001", "周敏", "Cashier", "Left", "2026-06-18"),
    ]


def test_a_day_that_no_event_tells_stays_empty(desk: Desk) -> None:
    with desk.shop.ledger.write() as book:
        book.execute(
            "INSERT INTO operator (id, number, name, role, verifier, active, seq)"
            " SELECT randomblob(16), '7', '旧人', role, '', 1, seq FROM operator"
        )

    desk.page.open()

    assert desk.row("7") == ("7", "旧人", "Manager", "Works here", "")


def test_a_cashier_reads_why_the_page_is_shut_and_no_names(desk: Desk) -> None:
    desk.who = cashier_at(desk.shop)

    desk.page.open()

    assert desk.state.rows == ()
    assert desk.state.deeds == ()
    assert "Only a manager sees and changes who works here." in desk.state.refused


def test_with_nobody_chosen_there_is_nothing_to_do(desk: Desk) -> None:
    desk.page.open()

    desk.page.pick("somebody else")
    desk.page.start(Deed.EDIT)

    assert {one.reason for one in desk.state.deeds} == {"Choose somebody in the list."}
    assert desk.state.note == "Choose somebody in the list."
    assert desk.state.sheet is None


def test_a_cashier_at_work_can_be_renamed_renewed_and_let_go(desk: Desk) -> None:
    worker = cashier(desk.shop)
    desk.page.open()

    desk.page.pick(str(worker))

    assert desk.reason_of(Deed.EDIT) == ""
    assert desk.reason_of(Deed.PIN) == ""
    assert desk.reason_of(Deed.LEAVE) == ""
    assert desk.reason_of(Deed.UNLOCK) == "This number is not locked."


def test_a_locked_number_is_told_and_can_be_opened(desk: Desk) -> None:
    worker = cashier(desk.shop)
    locked_out(desk.shop, CASHIER[0])
    desk.page.open()

    desk.page.pick(str(worker))

    assert desk.row(CASHIER[0])[3] == "Locked until 12:30"
    assert desk.reason_of(Deed.UNLOCK) == ""


def test_who_left_can_be_taken_back(desk: Desk) -> None:
    leaver = cashier(desk.shop)
    set_active(desk.shop.ledger, leaver, active=False, by=desk.shop.manager, intent=intent())
    desk.page.open()

    desk.page.pick(str(leaver))

    assert desk.reason_of(Deed.BACK) == ""


def test_the_last_manager_reads_that_another_one_is_needed_first(desk: Desk) -> None:
    left = second_manager(desk.shop)
    set_active(desk.shop.ledger, left, active=False, by=desk.shop.manager, intent=intent())
    cashier(desk.shop)
    desk.page.open()

    desk.page.pick(str(desk.shop.manager))

    assert desk.reason_of(Deed.LEAVE) == "This is the last manager. Appoint another one first."
    assert desk.state.note == desk.reason_of(Deed.LEAVE)


def test_nobody_lets_themselves_go_while_another_manager_could(desk: Desk) -> None:
    second_manager(desk.shop)
    desk.page.open()

    desk.page.pick(str(desk.shop.manager))

    assert desk.reason_of(Deed.LEAVE) == "Another manager has to decide about your own appointment."
    assert desk.reason_of(Deed.PIN) == ""


def test_a_list_that_comes_after_a_cashier_has_taken_over_is_dropped(shop: Shop) -> None:
    late = Late()
    desk = Desk(shop, late)
    desk.page.open()
    desk.who = cashier_at(shop)
    desk.page.open()

    late.let_through()

    assert desk.state.rows == ()
    assert desk.state.refused


def test_a_book_that_cannot_be_read_is_told(shop: Shop) -> None:
    disk = FailingDisk()
    desk = Desk(shop, disk)
    disk.fails_before = 1
    desk.page.open()
    told = desk.state.problem

    desk.page.open()

    assert told
    assert desk.state.problem == ""
    assert len(desk.state.rows) == 1


def test_the_staff_numbers_are_those_of_the_sign_in(desk: Desk) -> None:
    second_manager(desk.shop)

    desk.page.open()

    assert [line.cells[0] for line in desk.state.rows] == [MANAGER[0], SECOND_MANAGER[0]]
