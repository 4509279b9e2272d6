"""What a cashier sees of a member, and who may see more."""

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger.member_profile import profile, reveal_phone
from pos_app.ledger.names import RemarkRefused
from pos_app.ledger.rights import NotAllowed
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.member_rows import MemberUnknown
from tests.people import cashier
from tests.shop import MEMBER_PIN, Shop


def notes(shop: Shop) -> list[bytes]:
    rows = shop.ledger.read().execute("SELECT payload FROM journal WHERE kind = ?", (Kind.NOTE,))
    return [payload for (payload,) in rows]


def test_a_profile_is_masked(shop: Shop) -> None:
    member = shop.member(pin=MEMBER_PIN)

    shown = repr(profile(shop.ledger, member))

    assert "138****0217" in shown
    assert "王**" in shown
    assert "13812340217" not in shown
    assert "王晓明" not in shown


def test_who_is_not_a_member_has_no_profile(shop: Shop) -> None:
    with pytest.raises(MemberUnknown):
        profile(shop.ledger, MemberId(new_id()))


def test_a_manager_with_a_reason_sees_the_number_and_the_look_is_journalled(shop: Shop) -> None:
    member = shop.member()

    number = reveal_phone(shop.ledger, member, operator=shop.manager, reason="回电")

    assert number == "13812340217"
    assert len(notes(shop)) == 1
    assert shop.manager.hex.encode() in notes(shop)[0]
    assert member.hex.encode() in notes(shop)[0]
    assert b"13812340217" not in notes(shop)[0]


def test_a_cashier_never_sees_the_number(shop: Shop) -> None:
    member = shop.member()

    with pytest.raises(NotAllowed):
        reveal_phone(shop.ledger, member, operator=cashier(shop), reason="回电")

    assert notes(shop) == []


def test_without_a_reason_nobody_sees_the_number(shop: Shop) -> None:
    member = shop.member()

    with pytest.raises(RemarkRefused):
        reveal_phone(shop.ledger, member, operator=shop.manager, reason=" ")

    assert notes(shop) == []
