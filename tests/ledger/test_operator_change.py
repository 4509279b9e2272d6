"""Another name, another role: the number stays, and somebody can always manage."""

import pytest

from pos_app.ids import OperatorId, new_id
from pos_app.ledger.appointments import (
    Changed,
    LastManager,
    NewOperator,
    NotOneself,
    add_operator,
    change,
    listed,
    set_active,
)
from pos_app.ledger.names import NameRefused, TextFault
from pos_app.ledger.operators import sign_in
from pos_app.ledger.rights import NotAllowed, OperatorUnknown
from pos_app.ledger.rules.access import Role
from pos_app.ledger.store.replay import replay
from tests.people import CASHIER, cashier, second_manager
from tests.shop import Shop, intent

NEW = NewOperator("1002", "李雷", Role.CASHIER, "951246")
AS_MANAGER = Changed("周 敏", Role.MANAGER)
AS_CASHIER = Changed("林晓雯", Role.CASHIER)


def operators(shop: Shop) -> list[tuple[object, ...]]:
    return [tuple(row) for row in shop.ledger.read().execute("SELECT * FROM operator").fetchall()]


def test_a_cashier_becomes_a_manager_under_a_new_name(shop: Shop) -> None:
    worker = cashier(shop)

    card = change(shop.ledger, worker, AS_MANAGER, by=shop.manager, intent=intent())

    assert (card.number, card.name, card.role) == (CASHIER[0], "周 敏", Role.MANAGER)
    assert sign_in(shop.ledger, *CASHIER).role is Role.MANAGER
    assert add_operator(shop.ledger, NEW, by=worker, intent=intent()).active


def test_who_is_a_cashier_again_appoints_nobody(shop: Shop) -> None:
    other = second_manager(shop)

    change(shop.ledger, other, Changed("周敏", Role.CASHIER), by=shop.manager, intent=intent())

    with pytest.raises(NotAllowed):
        add_operator(shop.ledger, NEW, by=other, intent=intent())


def test_the_last_manager_stays_one(shop: Shop) -> None:
    other = second_manager(shop)
    set_active(shop.ledger, other, active=False, by=shop.manager, intent=intent())

    with pytest.raises(LastManager):
        change(shop.ledger, shop.manager, AS_CASHIER, by=shop.manager, intent=intent())

    assert listed(shop.ledger)[0].role is Role.MANAGER


def test_nobody_lowers_themselves_but_may_correct_their_name(shop: Shop) -> None:
    second_manager(shop)

    with pytest.raises(NotOneself):
        change(shop.ledger, shop.manager, AS_CASHIER, by=shop.manager, intent=intent())
    corrected = Changed("林晓文", Role.MANAGER)
    card = change(shop.ledger, shop.manager, corrected, by=shop.manager, intent=intent())

    assert (card.name, card.role) == ("林晓文", Role.MANAGER)


def test_a_manager_who_left_may_be_written_down_as_a_cashier(shop: Shop) -> None:
    other = second_manager(shop)
    set_active(shop.ledger, other, active=False, by=shop.manager, intent=intent())

    card = change(shop.ledger, other, AS_CASHIER, by=shop.manager, intent=intent())

    assert (card.role, card.active) == (Role.CASHIER, False)


def test_a_second_press_changes_nothing_more(shop: Shop) -> None:
    worker, wish = cashier(shop), intent()
    change(shop.ledger, worker, AS_MANAGER, by=shop.manager, intent=wish)

    again = change(shop.ledger, worker, AS_CASHIER, by=shop.manager, intent=wish)

    assert (again.name, again.role) == ("周 敏", Role.MANAGER)


def test_a_cashier_changes_nobody_and_nobody_unknown_is_changed(shop: Shop) -> None:
    worker = cashier(shop)

    with pytest.raises(NotAllowed):
        change(shop.ledger, worker, AS_MANAGER, by=worker, intent=intent())
    with pytest.raises(OperatorUnknown):
        change(shop.ledger, OperatorId(new_id()), AS_MANAGER, by=shop.manager, intent=intent())


def test_a_name_is_never_empty(shop: Shop) -> None:
    nameless = Changed("  ", Role.CASHIER)

    with pytest.raises(NameRefused) as refused:
        change(shop.ledger, cashier(shop), nameless, by=shop.manager, intent=intent())

    assert refused.value.reason is TextFault.EMPTY


def test_a_new_name_stays_out_of_the_chain_and_comes_back_with_a_replay(shop: Shop) -> None:
    change(shop.ledger, cashier(shop), AS_MANAGER, by=shop.manager, intent=intent())
    before = operators(shop)

    with shop.ledger.write() as book:
        replay(book)

    rows = shop.ledger.read().execute("SELECT payload FROM journal").fetchall()
    assert operators(shop) == before
    assert "周 敏" not in b"".join(payload for (payload,) in rows).decode()


def test_without_its_sidecar_the_new_name_is_gone_and_the_role_is_not(shop: Shop) -> None:
    change(shop.ledger, cashier(shop), AS_MANAGER, by=shop.manager, intent=intent())

    with shop.ledger.write() as book:
        book.execute("DELETE FROM sidecar")
        replay(book)

    assert [(card.name, card.role) for card in listed(shop.ledger)] == [
        ("", Role.MANAGER),
        ("", Role.MANAGER),
    ]
