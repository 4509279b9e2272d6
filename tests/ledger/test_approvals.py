"""Proving that a manager agreed to another person's act."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_app.ids import OperatorId
from pos_app.ledger.factors import ApprovalWish, approve
from pos_app.ledger.operators import OperatorLocked, SignInRefused
from pos_app.ledger.rights import NotAllowed
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store.event import Kind
from pos_app.money import Money
from pos_app.security.evidence import NotProved, ensure_approval
from tests.people import CASHIER, SECOND_MANAGER, cashier, second_manager
from tests.shop import MANAGER, Shop, intent

WRONG = "582046"
AMOUNT = Money(8800)
LIFETIME = timedelta(seconds=120)


def wish_of(asked_by: OperatorId) -> ApprovalWish:
    return ApprovalWish(Act.REFUND, AMOUNT, intent(), asked_by)


def test_a_manager_consents_to_one_act_of_another(shop: Shop) -> None:
    wish = wish_of(cashier(shop))

    given = approve(shop.ledger, wish, number=MANAGER[0], pin=MANAGER[1])

    assert (given.approver, given.asked_by) == (shop.manager, wish.asked_by)
    assert (given.act, given.amount, given.intent) == ("refund", AMOUNT, wish.intent)
    assert given.at == shop.ledger.now()
    key = shop.ledger.capability_key
    assert ensure_approval(key, given, replace(given, seal=b""), lifetime=LIFETIME) == given
    rows = shop.ledger.read().execute("SELECT kind FROM journal ORDER BY seq DESC LIMIT 1")
    assert [tuple(row) for row in rows] == [(Kind.NOTE,)]


def test_nobody_approves_their_own_wish(shop: Shop) -> None:
    with pytest.raises(NotProved) as refused:
        approve(shop.ledger, wish_of(shop.manager), number=MANAGER[0], pin=MANAGER[1])

    assert refused.value.reason == "own_approval"


def test_another_manager_may(shop: Shop) -> None:
    other = second_manager(shop)
    number, pin = SECOND_MANAGER

    given = approve(shop.ledger, wish_of(shop.manager), number=number, pin=pin)

    assert given.approver == other


def test_a_cashier_approves_nothing(shop: Shop) -> None:
    cashier(shop)
    number, pin = CASHIER

    with pytest.raises(NotAllowed):
        approve(shop.ledger, wish_of(shop.manager), number=number, pin=pin)


def test_wrong_tries_count_like_those_at_sign_in(shop: Shop) -> None:
    wish = wish_of(cashier(shop))
    for left in (4, 3, 2, 1):
        with pytest.raises(SignInRefused) as refused:
            approve(shop.ledger, wish, number=MANAGER[0], pin=WRONG)
        assert refused.value.attempts_left == left

    with pytest.raises(OperatorLocked):
        approve(shop.ledger, wish, number=MANAGER[0], pin=WRONG)


def test_an_approval_ends_the_row_of_wrong_tries(shop: Shop) -> None:
    wish = wish_of(cashier(shop))
    with pytest.raises(SignInRefused):
        approve(shop.ledger, wish, number=MANAGER[0], pin=WRONG)

    approve(shop.ledger, wish, number=MANAGER[0], pin=MANAGER[1])

    with pytest.raises(SignInRefused) as refused:
        approve(shop.ledger, wish, number=MANAGER[0], pin=WRONG)
    assert refused.value.attempts_left == 4
