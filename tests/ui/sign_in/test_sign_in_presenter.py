"""Signing in and the lock screen: the right person, told how often they may still try."""

from datetime import timedelta

import pytest

from pos_app.ledger.operators import SignedIn
from pos_app.ui.kit.work import Inline
from pos_app.ui.sentences.here import wall_clock
from pos_app.ui.sign_in.presenter import SignInPresenter, Till
from tests.fakes import FakeClock
from tests.people import CASHIER, SECOND_MANAGER, second_manager
from tests.shop import MANAGER, Shop
from tests.ui.parts.at_the_till import Late, cashier_at, manager_at


class Door:
    """The screen, and who came in."""

    def __init__(self, shop: Shop) -> None:
        self.came: list[SignedIn] = []
        self.till = Till("徐家汇店", "3 号机", self.came.append, ("Offline",))
        self.screen = SignInPresenter(shop.ledger, Inline(), self.till)


@pytest.fixture
def door(shop: Shop) -> Door:
    return Door(shop)


def test_store_till_and_notices_are_visible_before_anybody_signs_in(door: Door) -> None:
    door.screen.open()

    state = door.screen.shown.state
    assert (state.store, state.terminal, state.notices) == ("徐家汇店", "3 号机", ("Offline",))


def test_the_right_pin_lets_in(door: Door) -> None:
    door.screen.open()

    door.screen.submit(*MANAGER)

    assert door.came[0].number == MANAGER[0]
    assert door.screen.shown.state.number == ""


def test_a_wrong_pin_says_how_often_one_may_still_try(door: Door) -> None:
    door.screen.open()

    door.screen.submit(MANAGER[0], "000000")

    assert door.came == []
    assert "4" in door.screen.shown.state.problem
    assert not door.screen.shown.state.shut


def test_after_five_wrong_pins_the_screen_says_until_when_it_is_shut(
    door: Door, clock: FakeClock
) -> None:
    door.screen.open()
    for _attempt in range(5):
        clock.go(seconds=1)
        door.screen.submit(MANAGER[0], "000000")

    door.screen.submit(*MANAGER)

    assert door.came == []
    assert door.screen.shown.state.shut
    assert wall_clock(clock.at + timedelta(minutes=30)) in door.screen.shown.state.problem


def test_a_number_is_asked_for_before_anything_is_checked(door: Door) -> None:
    door.screen.submit("  ", "000000")

    assert door.screen.shown.state.problem == "Type your staff number first."


def test_half_a_pin_is_not_checked(door: Door) -> None:
    door.screen.submit(MANAGER[0], "314")

    assert door.screen.shown.state.problem == "The PIN has six digits."


def test_a_badge_fills_in_the_number(door: Door) -> None:
    door.screen.open()

    assert door.screen.scanned("EMP:0001")
    assert door.screen.shown.state.number == "0001"


def test_other_codes_do_nothing_at_the_door(door: Door) -> None:
    door.screen.open()

    assert not door.screen.scanned("13812340217")


def test_the_lock_screen_names_who_works_here(door: Door, shop: Shop) -> None:
    door.screen.lock(cashier_at(shop))

    state = door.screen.shown.state
    assert state.locked
    assert state.heading == "Locked by 周敏 · 1001"
    assert state.number == "1001"


def test_the_same_operator_goes_on(door: Door, shop: Shop) -> None:
    door.screen.lock(cashier_at(shop))

    door.screen.submit(*CASHIER)

    assert door.came[0].number == CASHIER[0]
    assert not door.screen.shown.state.locked


def test_a_manager_takes_over(door: Door, shop: Shop) -> None:
    door.screen.lock(cashier_at(shop))

    door.screen.submit(*MANAGER)

    assert door.came[0].number == MANAGER[0]


def test_another_cashier_stays_outside(door: Door, shop: Shop) -> None:
    cashier_at(shop)
    door.screen.lock(manager_at(shop))

    door.screen.submit(*CASHIER)

    assert door.came == []
    assert "林晓雯" in door.screen.shown.state.problem


def test_another_manager_may_take_over_from_a_manager(door: Door, shop: Shop) -> None:
    second_manager(shop)
    door.screen.lock(manager_at(shop))

    door.screen.submit(*SECOND_MANAGER)

    assert door.came[0].number == SECOND_MANAGER[0]


def test_a_second_press_while_the_first_is_checked_does_nothing(shop: Shop) -> None:
    late = Late()
    came: list[SignedIn] = []
    screen = SignInPresenter(shop.ledger, late, Till("", "", came.append))
    screen.submit(*MANAGER)

    screen.submit(*MANAGER)
    late.let_through()

    assert len(came) == 1
