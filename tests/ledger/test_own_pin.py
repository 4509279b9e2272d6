"""Whoever signed in confirms with the PIN that it is still them."""

import pytest

from pos_app.ledger.appointments import set_active
from pos_app.ledger.factors import ApprovalWish, OwnPinWrong, confirm
from pos_app.ledger.operators import OperatorLocked, SignInRefused, sign_in
from pos_app.ledger.rights import OperatorUnknown
from pos_app.ledger.rules.access import Act
from pos_app.money import Money
from tests.people import SECOND_MANAGER, second_manager
from tests.shop import MANAGER, Shop, intent


def wish(shop: Shop) -> ApprovalWish:
    return ApprovalWish(Act.MANAGE_OPERATORS, Money(), intent(), shop.manager)


def test_the_own_pin_is_written_down_as_a_confirmation(shop: Shop) -> None:
    confirm(shop.ledger, wish(shop), pin=MANAGER[1])

    latest = "SELECT kind, payload FROM journal ORDER BY seq DESC LIMIT 1"
    kind, payload = shop.ledger.read().execute(latest).fetchone()
    assert kind == "NOTE"
    assert '"note":"confirmed"' in payload.decode()
    assert MANAGER[1] not in payload.decode()


def test_another_managers_pin_confirms_nothing(shop: Shop) -> None:
    second_manager(shop)

    with pytest.raises(OwnPinWrong) as wrong:
        confirm(shop.ledger, wish(shop), pin=SECOND_MANAGER[1])

    assert wrong.value.attempts_left == 4


def test_wrong_tries_lock_the_number_like_those_at_the_sign_in(shop: Shop) -> None:
    for _try in range(4):
        with pytest.raises(OwnPinWrong):
            confirm(shop.ledger, wish(shop), pin="000001")

    with pytest.raises(OperatorLocked):
        confirm(shop.ledger, wish(shop), pin="000001")
    with pytest.raises(OperatorLocked):
        sign_in(shop.ledger, *MANAGER)


def test_a_right_pin_ends_the_row_of_wrong_ones(shop: Shop) -> None:
    with pytest.raises(OwnPinWrong):
        confirm(shop.ledger, wish(shop), pin="000001")
    confirm(shop.ledger, wish(shop), pin=MANAGER[1])

    with pytest.raises(SignInRefused) as refused:
        sign_in(shop.ledger, MANAGER[0], "000001")

    assert refused.value.attempts_left == 4


def test_who_was_let_go_confirms_nothing_more(shop: Shop) -> None:
    other = second_manager(shop)
    set_active(shop.ledger, shop.manager, active=False, by=other, intent=intent())

    with pytest.raises(OperatorUnknown):
        confirm(shop.ledger, wish(shop), pin=MANAGER[1])
