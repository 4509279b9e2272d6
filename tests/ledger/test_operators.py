"""Letting operators in, and keeping guessers out."""

from datetime import timedelta

import pytest

from pos_app.ledger.appointments import NumberMalformed, listed, set_active
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.names import NameRefused
from pos_app.ledger.operators import (
    ManagerExists,
    OperatorLocked,
    SignedIn,
    SignInRefused,
    create_first_manager,
    needs_first_manager,
    sign_in,
)
from pos_app.ledger.pin_choice import PinWeak
from pos_app.ledger.rules.access import Role
from tests.fakes import FakeClock
from tests.people import CASHIER, cashier
from tests.shop import MANAGER, Shop, intent, open_ledger

NUMBER, PIN = MANAGER
WRONG = "000001"
LOCK = timedelta(minutes=30)


@pytest.fixture
def unmanned(shop: Shop, clock: FakeClock) -> Ledger:
    """Return a ledger without any operator, beside the shop's."""
    folder = shop.ledger.path.parent / "new"
    folder.mkdir()
    return open_ledger(folder, clock)


def wrong(ledger: Ledger, number: str = NUMBER) -> int | OperatorLocked:
    """Try a wrong PIN; return the attempts left, or the lock."""
    with pytest.raises((SignInRefused, OperatorLocked)) as refused:
        sign_in(ledger, number, WRONG)
    fact = refused.value
    return fact.attempts_left if isinstance(fact, SignInRefused) else locked(fact)


def locked(fact: Exception) -> OperatorLocked:
    assert isinstance(fact, OperatorLocked)
    return fact


def test_a_new_terminal_waits_for_its_first_manager_and_has_no_default_one(
    unmanned: Ledger,
) -> None:
    assert needs_first_manager(unmanned)
    assert listed(unmanned) == ()

    first = create_first_manager(unmanned, number=" 0001 ", name="林晓雯", pin=PIN)

    assert not needs_first_manager(unmanned)
    assert (first.number, first.name, first.role) == ("0001", "林晓雯", Role.MANAGER)
    assert sign_in(unmanned, "0001", PIN) == first
    unmanned.close()


def test_there_is_one_first_manager(shop: Shop) -> None:
    with pytest.raises(ManagerExists):
        create_first_manager(shop.ledger, "0009", "他人", PIN)


def test_a_second_press_makes_no_second_manager(unmanned: Ledger) -> None:
    wish = intent()

    first = create_first_manager(unmanned, "0001", "林晓雯", PIN, wish)
    again = create_first_manager(unmanned, "0001", "林晓雯", PIN, wish)

    assert again == first
    assert len(listed(unmanned)) == 1
    unmanned.close()


@pytest.mark.parametrize(
    ("number", "name", "pin", "fact"),
    [
        ("", "林晓雯", PIN, NumberMalformed),
        ("12a", "林晓雯", PIN, NumberMalformed),
        ("123456789", "林晓雯", PIN, NumberMalformed),
        ("0001", " ", PIN, NameRefused),
        ("0001", "林" * 41, PIN, NameRefused),
        ("0001", "林晓雯", "123456", PinWeak),
        ("0001", "林晓雯", "12345", PinWeak),
    ],
)
def test_the_first_manager_needs_number_name_and_a_good_pin(
    unmanned: Ledger, number: str, name: str, pin: str, fact: type[Exception]
) -> None:
    with pytest.raises(fact):
        create_first_manager(unmanned, number, name, pin)

    assert needs_first_manager(unmanned)
    unmanned.close()


@pytest.mark.parametrize("typed", [NUMBER, f" {NUMBER} ", "\uff10\uff10\uff10\uff11"])
def test_number_and_pin_let_the_operator_in(shop: Shop, typed: str) -> None:
    inside = sign_in(shop.ledger, typed, PIN)

    assert inside == SignedIn(shop.manager, NUMBER, "林晓雯", Role.MANAGER)


def test_a_wrong_pin_counts_down_and_a_right_one_starts_again(shop: Shop) -> None:
    assert [wrong(shop.ledger) for _ in range(4)] == [4, 3, 2, 1]

    sign_in(shop.ledger, NUMBER, PIN)

    assert wrong(shop.ledger) == 4


def test_the_fifth_wrong_pin_locks_the_number_for_half_an_hour(
    shop: Shop, clock: FakeClock
) -> None:
    answers = [wrong(shop.ledger) for _ in range(5)]
    until = clock.at + LOCK

    assert answers[:4] == [4, 3, 2, 1]
    assert isinstance(answers[4], OperatorLocked)
    assert answers[4].until == until
    clock.at = until - timedelta(milliseconds=1)
    with pytest.raises(OperatorLocked):
        sign_in(shop.ledger, NUMBER, PIN)
    clock.at = until
    assert sign_in(shop.ledger, NUMBER, PIN).id == shop.manager


def test_a_try_while_locked_is_not_counted(shop: Shop, clock: FakeClock) -> None:
    for _ in range(5):
        wrong(shop.ledger)
    until = clock.at + LOCK
    clock.go(minutes=20)

    answer = wrong(shop.ledger)

    assert isinstance(answer, OperatorLocked)
    assert answer.until == until


def test_a_number_that_nobody_has_answers_and_locks_the_same(shop: Shop) -> None:
    answers = [wrong(shop.ledger, "7777") for _ in range(5)]

    assert answers[:4] == [4, 3, 2, 1]
    assert isinstance(answers[4], OperatorLocked)
    assert wrong(shop.ledger) == 4


def test_the_lock_survives_a_restart(shop: Shop, clock: FakeClock) -> None:
    for _ in range(5):
        wrong(shop.ledger)
    shop.ledger.close()

    with open_ledger(shop.ledger.path.parent, clock) as reopened, pytest.raises(OperatorLocked):
        sign_in(reopened, NUMBER, PIN)


def test_setting_the_clock_back_shortens_no_lock(shop: Shop, clock: FakeClock) -> None:
    for _ in range(5):
        wrong(shop.ledger)
    until = clock.at + LOCK
    clock.go(hours=-5)

    answer = wrong(shop.ledger)

    assert isinstance(answer, OperatorLocked)
    assert answer.until == until


def test_who_left_is_answered_like_a_stranger(shop: Shop) -> None:
    gone = cashier(shop)
    set_active(shop.ledger, gone, active=False, by=shop.manager, intent=intent())

    with pytest.raises(SignInRefused) as refused:
        sign_in(shop.ledger, *CASHIER)

    assert refused.value.attempts_left == 4


def test_a_pin_typed_as_a_number_is_kept_nowhere(shop: Shop) -> None:
    wrong(shop.ledger, "582046")

    rows = shop.ledger.read().execute("SELECT payload FROM journal").fetchall()
    assert all(b"582046" not in payload for (payload,) in rows)


@pytest.mark.parametrize("number", ["", "\ud800", "林", "0" * 500])
def test_any_text_is_only_a_wrong_number(shop: Shop, number: str) -> None:
    assert wrong(shop.ledger, number) == 4
