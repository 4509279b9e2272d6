"""People as the journal tells of them: rebuilt to the letter, and gone once they are erased."""

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import factors, members
from pos_app.ledger.appointments import reset_pin
from pos_app.ledger.factors import PinNotSet, PinWrong
from pos_app.ledger.member_edit import MemberChanges, StatusChange, edit, set_status
from pos_app.ledger.member_profile import profile
from pos_app.ledger.operators import SignInRefused, sign_in
from pos_app.ledger.rules.holder import Birthday, Status
from pos_app.ledger.store.replay import replay
from pos_app.money import Money
from tests.people import cashier
from tests.shop import MEMBER_PIN, Shop, intent

PEOPLE = ("member", "m_token", "pin", "failure", "operator")


def tables(shop: Shop) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows(shop, name) for name in PEOPLE}


def rows(shop: Shop, table: str) -> list[tuple[object, ...]]:
    everything = f"SELECT * FROM {table}"  # noqa: S608 -- one of PEOPLE
    return sorted(map(tuple, shop.ledger.read().execute(everything)), key=repr)


def replayed(shop: Shop) -> dict[str, list[tuple[object, ...]]]:
    with shop.ledger.write() as book:
        replay(book)
    return tables(shop)


def erase(shop: Shop, member: MemberId) -> None:
    with shop.ledger.write() as book:
        book.execute(
            "DELETE FROM sidecar WHERE event_id IN (SELECT event_id FROM journal WHERE member = ?)",
            (member.bytes,),
        )
        replay(book)


def try_pin(shop: Shop, member: MemberId, pin: str) -> None:
    factors.prove_with_pin(
        shop.ledger,
        member=member,
        pin=pin,
        amount=Money(100),
        intent=intent(),
        operator=shop.manager,
    )


@pytest.fixture
def member(shop: Shop) -> MemberId:
    """Return a member to whom everything has happened that can."""
    known = shop.member(pin=MEMBER_PIN)
    changes = MemberChanges(
        name="单雄信",
        birthday=Birthday(3, 7, 1990),
        card="6222AB",
        note="少糖",
        marketing="2026-02",
    )
    edit(shop.ledger, known, changes, operator=shop.manager, intent=intent())
    later = MemberChanges(birthday=Birthday(3, 8, 1990))
    edit(shop.ledger, known, later, operator=shop.manager, intent=intent())
    with pytest.raises(PinWrong):
        try_pin(shop, known, "582046")
    try_pin(shop, known, MEMBER_PIN)
    frozen = StatusChange(known, Status.FROZEN, "本人挂失", intent())
    set_status(shop.ledger, frozen, operator=shop.manager)
    return known


def test_members_operators_and_locks_are_rebuilt_to_the_letter(
    shop: Shop, member: MemberId
) -> None:
    worker = cashier(shop)
    reset_pin(shop.ledger, worker, "951246", by=shop.manager, intent=intent())
    with pytest.raises(SignInRefused):
        sign_in(shop.ledger, "1001", "582046")
    before = tables(shop)

    after = replayed(shop)

    assert after == before
    assert all(before.values())
    assert profile(shop.ledger, member).masked_name == "单**"


def test_an_erased_member_leaves_a_number_and_nothing_else(shop: Shop, member: MemberId) -> None:
    number = profile(shop.ledger, member).number

    erase(shop, member)

    left = profile(shop.ledger, member)
    assert (left.masked_name, left.masked_phone, left.masked_card, left.birthday) == ("",) * 4
    assert (left.note, left.status_reason, left.has_pin) == ("", "", False)
    assert (left.number, left.status) == (number, Status.FROZEN)
    for text in ("0217", "单雄信", "danxiongxin", "6222", "13812340217"):
        assert members.search(shop.ledger, text) == ()
    hit = members.find_exact(shop.ledger, number)
    assert hit is not None
    assert hit.id == member


def test_an_erased_members_phone_may_join_again(shop: Shop, member: MemberId) -> None:
    erase(shop, member)

    again = shop.member()

    assert again != member
    assert [hit.id for hit in members.search(shop.ledger, "0217")] == [again]


def test_an_erased_member_proves_nothing(shop: Shop) -> None:
    member = shop.member(pin=MEMBER_PIN)

    erase(shop, member)

    with pytest.raises(PinNotSet):
        try_pin(shop, member, MEMBER_PIN)


def test_an_operator_whose_sidecar_is_gone_signs_in_no_more(shop: Shop) -> None:
    cashier(shop)
    with shop.ledger.write() as book:
        book.execute("DELETE FROM sidecar")
        replay(book)

    with pytest.raises(SignInRefused):
        sign_in(shop.ledger, "1001", "482719")
