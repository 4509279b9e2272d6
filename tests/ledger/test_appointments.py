"""Appointing people, letting them go, giving them a new PIN."""

from dataclasses import replace

import pytest

from pos_app.ids import OperatorId, new_id
from pos_app.ledger.appointments import (
    LastManager,
    NewOperator,
    NotOneself,
    NumberTaken,
    OperatorCard,
    add_operator,
    listed,
    reset_pin,
    set_active,
    unlock,
)
from pos_app.ledger.operators import OperatorLocked, SignInRefused, sign_in
from pos_app.ledger.pin_choice import PinWeak
from pos_app.ledger.rights import NotAllowed, OperatorUnknown
from pos_app.ledger.rules.access import Role
from tests.fakes import FakeClock
from tests.people import CASHIER, SECOND_MANAGER, cashier, second_manager
from tests.shop import MANAGER, Shop, intent

NEW_PIN = "951246"
NEW = NewOperator("1002", "周敏", Role.CASHIER, NEW_PIN)


def locked_out(shop: Shop, number: str) -> None:
    for _ in range(5):
        with pytest.raises((SignInRefused, OperatorLocked)):
            sign_in(shop.ledger, number, "000001")


def test_a_manager_appoints_and_the_new_one_signs_in(shop: Shop) -> None:
    card = add_operator(shop.ledger, NEW, by=shop.manager, intent=intent())

    assert sign_in(shop.ledger, "1002", NEW_PIN).id == card.id
    assert card == OperatorCard(
        card.id,
        "1002",
        "周敏",
        Role.CASHIER,
        active=True,
        since=shop.clock.at,
        locked_until=None,
    )
    assert [each.number for each in listed(shop.ledger)] == ["0001", "1002"]


def test_a_second_press_appoints_nobody_twice(shop: Shop) -> None:
    wish = intent()

    first = add_operator(shop.ledger, NEW, by=shop.manager, intent=wish)
    again = add_operator(shop.ledger, NEW, by=shop.manager, intent=wish)

    assert again == first
    assert len(listed(shop.ledger)) == 2


def test_a_staff_number_is_given_once(shop: Shop) -> None:
    with pytest.raises(NumberTaken) as taken:
        add_operator(shop.ledger, replace(NEW, number="0001"), by=shop.manager, intent=intent())

    assert taken.value.number == "0001"


def test_a_cashier_appoints_nobody(shop: Shop) -> None:
    by = cashier(shop)

    with pytest.raises(NotAllowed):
        add_operator(shop.ledger, NEW, by=by, intent=intent())
    with pytest.raises(NotAllowed):
        reset_pin(shop.ledger, shop.manager, NEW_PIN, by=by, intent=intent())
    with pytest.raises(NotAllowed):
        unlock(shop.ledger, by, by=by, intent=intent())

    assert len(listed(shop.ledger)) == 2


def test_a_staff_pin_is_no_favourite(shop: Shop) -> None:
    with pytest.raises(PinWeak):
        add_operator(shop.ledger, replace(NEW, pin="112233"), by=shop.manager, intent=intent())


def test_a_new_operators_pin_does_not_stand_in_a_log() -> None:
    assert NEW_PIN not in repr(NEW)


def test_who_leaves_acts_no_more_and_may_come_back(shop: Shop) -> None:
    leaver = cashier(shop)
    wish = intent()

    gone = set_active(shop.ledger, leaver, active=False, by=shop.manager, intent=wish)
    with pytest.raises(SignInRefused):
        sign_in(shop.ledger, *CASHIER)
    back = set_active(shop.ledger, leaver, active=True, by=shop.manager, intent=intent())

    assert (gone.active, back.active) == (False, True)
    assert sign_in(shop.ledger, *CASHIER).id == leaver


def test_the_list_says_since_when_somebody_works_here_or_does_not(
    shop: Shop, clock: FakeClock
) -> None:
    came = clock.at
    leaver = cashier(shop)
    clock.go(days=3)
    reset_pin(shop.ledger, leaver, NEW_PIN, by=shop.manager, intent=intent())
    before = listed(shop.ledger)[1].since
    gone = set_active(shop.ledger, leaver, active=False, by=shop.manager, intent=intent())
    left = clock.at
    clock.go(days=4)
    again = set_active(shop.ledger, leaver, active=False, by=shop.manager, intent=intent())

    back = set_active(shop.ledger, leaver, active=True, by=shop.manager, intent=intent())

    assert (before, gone.since, again.since, back.since) == (came, left, left, clock.at)


def test_nobody_lets_themselves_go(shop: Shop) -> None:
    second_manager(shop)

    with pytest.raises(NotOneself):
        set_active(shop.ledger, shop.manager, active=False, by=shop.manager, intent=intent())

    assert all(card.active for card in listed(shop.ledger))


def test_who_left_cannot_appoint(shop: Shop) -> None:
    other = second_manager(shop)
    set_active(shop.ledger, other, active=False, by=shop.manager, intent=intent())

    with pytest.raises(OperatorUnknown):
        add_operator(shop.ledger, NEW, by=other, intent=intent())


def test_the_last_manager_stays(shop: Shop) -> None:
    cashier(shop)

    with pytest.raises(LastManager):
        set_active(shop.ledger, shop.manager, active=False, by=shop.manager, intent=intent())


def test_with_another_manager_one_may_go(shop: Shop) -> None:
    other = second_manager(shop)

    gone = set_active(shop.ledger, shop.manager, active=False, by=other, intent=intent())

    assert not gone.active
    with pytest.raises(LastManager):
        set_active(shop.ledger, other, active=False, by=other, intent=intent())


def test_a_manager_opens_a_locked_number(shop: Shop, clock: FakeClock) -> None:
    worker = cashier(shop)
    locked_out(shop, CASHIER[0])
    (_, card) = listed(shop.ledger)
    assert card.locked_until is not None
    assert card.locked_until > clock.at

    opened = unlock(shop.ledger, worker, by=shop.manager, intent=intent())

    assert opened.locked_until is None
    assert sign_in(shop.ledger, *CASHIER).id == worker


def test_a_new_pin_replaces_the_old_one_and_ends_the_lock(shop: Shop) -> None:
    worker = cashier(shop)
    locked_out(shop, CASHIER[0])

    reset_pin(shop.ledger, worker, NEW_PIN, by=shop.manager, intent=intent())

    assert sign_in(shop.ledger, CASHIER[0], NEW_PIN).id == worker
    with pytest.raises(SignInRefused):
        sign_in(shop.ledger, *CASHIER)


def test_edits_pressed_twice_are_written_once(shop: Shop) -> None:
    worker, wish = cashier(shop), intent()
    reset_pin(shop.ledger, worker, NEW_PIN, by=shop.manager, intent=wish)
    reset_pin(shop.ledger, worker, "571936", by=shop.manager, intent=wish)

    assert sign_in(shop.ledger, CASHIER[0], NEW_PIN).id == worker


def test_nobody_unknown_is_edited(shop: Shop) -> None:
    with pytest.raises(OperatorUnknown):
        unlock(shop.ledger, OperatorId(new_id()), by=shop.manager, intent=intent())


def test_names_and_verifiers_stay_out_of_the_chain(shop: Shop) -> None:
    cashier(shop)

    rows = shop.ledger.read().execute("SELECT payload FROM journal").fetchall()
    chain = b"".join(payload for (payload,) in rows).decode()
    private = ("周敏", "林晓雯", "$argon2", MANAGER[1], CASHIER[1], SECOND_MANAGER[1])
    assert [word for word in private if word in chain] == []
