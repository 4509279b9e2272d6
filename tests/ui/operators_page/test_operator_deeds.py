"""What a manager decides about operators is confirmed with a PIN, written down, and done once."""

from dataclasses import replace

import pytest

from pos_app.ledger.appointments import listed, set_active
from pos_app.ledger.operators import OperatorLocked, SignInRefused, sign_in
from pos_app.ledger.rules.access import Role
from pos_app.ui.operators_page.state import Answers, Deed, Problems
from tests.people import CASHIER, SECOND_MANAGER, cashier, second_manager
from tests.shop import MANAGER, Shop, intent
from tests.ui.operators_page.conftest import NEW_PIN, NOTHING_TYPED, Desk
from tests.ui.parts.at_the_till import Late, cashier_at
from tests.ui.shell.till import FailingDisk

NEWCOMER = Answers("1002", "李雷", "cashier", NEW_PIN, NEW_PIN, MANAGER[1])


def add(desk: Desk, answers: Answers = NEWCOMER) -> None:
    desk.page.add()
    desk.page.deeds.submit(answers)


def test_a_new_cashier_signs_in_with_the_pin_they_typed(desk: Desk) -> None:
    desk.page.open()

    add(desk)

    assert sign_in(desk.shop.ledger, "1002", NEW_PIN).role is Role.CASHIER
    assert desk.state.sheet is None
    assert desk.state.notice == "Done: New operator · 李雷"
    assert desk.row("1002")[1:4] == ("李雷", "Cashier", "Works here")
    assert desk.state.rows[1].key == desk.state.picked


def test_a_new_manager_may_appoint_too(desk: Desk) -> None:
    desk.page.open()

    add(desk, replace(NEWCOMER, role="manager"))

    assert desk.row("1002")[2] == "Manager"
    assert sign_in(desk.shop.ledger, "1002", NEW_PIN).role is Role.MANAGER


def test_the_next_sheet_takes_the_notice_away(desk: Desk) -> None:
    desk.page.open()
    add(desk)

    desk.page.add()

    assert desk.state.notice == ""
    assert desk.sheet.round == 2


def test_each_field_says_what_it_lacks_before_the_book_is_asked(desk: Desk) -> None:
    desk.page.open()

    add(desk, Answers("10a", " ", "cashier", "9512", "951", MANAGER[1]))

    assert desk.sheet.problems == Problems(
        number="Only digits, for example 1001.",
        name="Please fill this in.",
        pin="Six digits.",
        pin_again="The two PINs are not the same.",
    )
    assert desk.sheet.problem == ""
    assert not desk.sheet.busy


@pytest.mark.parametrize("own_pin", ["", "4809", "48091x"])
def test_without_the_managers_whole_pin_nothing_is_tried(desk: Desk, own_pin: str) -> None:
    desk.page.open()

    add(desk, replace(NEWCOMER, own_pin=own_pin))

    assert desk.sheet.problem == "Confirm it with your own PIN."
    assert len(listed(desk.shop.ledger)) == 1


def test_a_wrong_pin_of_the_manager_adds_nobody_and_empties_its_boxes(desk: Desk) -> None:
    desk.page.open()

    add(desk, replace(NEWCOMER, own_pin="000001"))

    assert desk.sheet.problem == "This is not your PIN. 4 attempts left."
    assert desk.sheet.attempt == 1
    assert len(listed(desk.shop.ledger)) == 1


def test_another_managers_pin_does_not_stand_in(desk: Desk) -> None:
    second_manager(desk.shop)
    desk.page.open()

    add(desk, replace(NEWCOMER, own_pin=SECOND_MANAGER[1]))

    assert desk.sheet.problem == "This is not your PIN. 4 attempts left."


def test_a_manager_who_guesses_is_locked(desk: Desk) -> None:
    desk.page.open()
    desk.page.add()

    for _try in range(5):
        desk.page.deeds.submit(replace(NEWCOMER, own_pin="000001"))

    assert "This number is locked until" in desk.sheet.problem
    assert desk.sheet.attempt == 5


def test_a_weak_pin_and_a_number_that_is_taken_are_said_and_the_boxes_stay(desk: Desk) -> None:
    desk.page.open()
    desk.page.add()

    desk.page.deeds.submit(replace(NEWCOMER, pin="123456", pin_again="123456"))
    weak = desk.sheet.problem
    desk.page.deeds.submit(replace(NEWCOMER, number=MANAGER[0]))

    assert weak == "Too easy to guess: the figures count up. Choose another PIN."
    assert desk.sheet.problem == "Number 0001 belongs to another operator."
    assert desk.sheet.attempt == 0


def test_a_new_pin_replaces_the_old_one(desk: Desk) -> None:
    worker = cashier(desk.shop)
    desk.page.open()

    desk.about(worker, Deed.PIN, Answers(pin=NEW_PIN, pin_again=NEW_PIN, own_pin=MANAGER[1]))

    assert sign_in(desk.shop.ledger, CASHIER[0], NEW_PIN).id == worker
    assert desk.state.notice == "Done: New PIN · 周敏"


def test_a_manager_renews_their_own_pin_with_the_old_one(desk: Desk) -> None:
    desk.page.open()

    mine = Answers(pin=NEW_PIN, pin_again=NEW_PIN, own_pin=MANAGER[1])
    desk.about(desk.shop.manager, Deed.PIN, mine)

    assert sign_in(desk.shop.ledger, MANAGER[0], NEW_PIN).id == desk.shop.manager
    assert desk.renamed == []


def test_who_is_let_go_signs_in_no_more_until_taken_back(desk: Desk) -> None:
    worker = cashier(desk.shop)
    desk.page.open()

    desk.about(worker, Deed.LEAVE)
    left = desk.row(CASHIER[0])[3]
    with pytest.raises(SignInRefused):
        sign_in(desk.shop.ledger, *CASHIER)
    desk.about(worker, Deed.BACK)

    assert left == "Left"
    assert sign_in(desk.shop.ledger, *CASHIER).id == worker
    assert desk.row(CASHIER[0])[3] == "Works here"


def test_a_locked_number_is_opened(desk: Desk) -> None:
    worker = cashier(desk.shop)
    for _try in range(5):
        with pytest.raises((SignInRefused, OperatorLocked)):
            sign_in(desk.shop.ledger, CASHIER[0], "000001")
    desk.page.open()

    desk.about(worker, Deed.UNLOCK)

    assert sign_in(desk.shop.ledger, *CASHIER).id == worker
    assert desk.reason_of(Deed.UNLOCK) == "This number is not locked."


def test_the_book_refuses_what_an_old_list_still_offers(desk: Desk) -> None:
    other = second_manager(desk.shop)
    desk.page.open()
    set_active(desk.shop.ledger, desk.shop.manager, active=False, by=other, intent=intent())

    desk.about(other, Deed.LEAVE)

    assert "This operator may not work here any more." in desk.sheet.problem


def test_oneself_is_never_let_go_whatever_the_page_offers(desk: Desk) -> None:
    desk.page.open()

    desk.about(desk.shop.manager, Deed.LEAVE)
    last = desk.sheet.problem
    second_manager(desk.shop)
    desk.page.deeds.submit(NOTHING_TYPED)

    assert last == "This is the last manager. Appoint another one first."
    assert desk.sheet.problem == "Another manager has to decide about your own appointment."


def test_giving_up_changes_nothing(desk: Desk) -> None:
    desk.page.open()
    desk.page.add()

    desk.page.deeds.cancel()
    desk.page.deeds.submit(NEWCOMER)

    assert desk.state.sheet is None
    assert len(listed(desk.shop.ledger)) == 1


def test_a_double_press_adds_one_operator(shop: Shop) -> None:
    late = Late()
    desk = Desk(shop, late)
    desk.page.open()
    late.let_through()
    desk.page.add()

    desk.page.deeds.submit(NEWCOMER)
    busy = desk.sheet.busy
    desk.page.deeds.submit(NEWCOMER)
    late.let_through()

    assert busy
    assert len(listed(shop.ledger)) == 2


def test_a_lost_answer_costs_a_second_press_and_no_second_operator(shop: Shop) -> None:
    disk = FailingDisk()
    desk = Desk(shop, disk)
    desk.page.open()
    disk.fails_after = 1
    add(desk)
    told = desk.sheet.problem

    desk.page.deeds.submit(NEWCOMER)

    assert told
    assert desk.state.sheet is None
    assert len(listed(shop.ledger)) == 2


def test_a_sheet_closed_meanwhile_hears_no_late_refusal(shop: Shop) -> None:
    late = Late()
    desk = Desk(shop, late)
    desk.page.open()
    late.let_through()
    add(desk, replace(NEWCOMER, own_pin="000001"))
    desk.page.add()

    late.let_through()

    assert desk.sheet.problem == ""


def test_what_is_done_after_its_sheet_was_closed_is_told_all_the_same(shop: Shop) -> None:
    late = Late()
    desk = Desk(shop, late)
    desk.page.open()
    late.let_through()
    add(desk)
    desk.page.deeds.cancel()

    late.let_through()

    assert desk.state.notice == "Done: New operator · 李雷"
    assert len(desk.state.rows) == 2


def test_a_deed_that_ends_after_a_cashier_took_over_shows_no_list(shop: Shop) -> None:
    late = Late()
    desk = Desk(shop, late)
    desk.page.open()
    late.let_through()
    add(desk)
    desk.who = cashier_at(shop)
    desk.page.open()

    late.let_through()

    assert desk.state.refused
    assert (desk.state.rows, desk.state.notice) == ((), "")


def test_pins_never_stand_in_a_log() -> None:
    assert NEW_PIN not in repr(NEWCOMER)
    assert MANAGER[1] not in repr(NEWCOMER)
