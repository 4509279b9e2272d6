"""Cards of an account: bound, dead at once when lost, found again, replaced for ever."""

import pytest

from pos_app.ids import CardId, MemberId
from pos_app.ledger.cards import (
    CardDead,
    CardDeed,
    CardLine,
    CardNotThere,
    NumberTaken,
    cards,
    found_again,
    issue,
    replace_card,
    report_lost,
)
from pos_app.ledger.link import Membership, join
from pos_app.ledger.member_fields import CardRefused
from pos_app.ledger.members import CardTaken, Consents, NewMember, find_exact, register
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.rights import NotAllowed, StatusForbids
from pos_app.ledger.store import person_rows
from pos_app.ledger.store.card_rows import CardForm, CardState
from pos_app.ledger.store.rebuild import rebuild
from tests.people import cashier
from tests.shop import Shop, intent
from tests.ui.parts.at_the_till import freeze

NUMBER, OTHER = "6001002003", "6001002004"


def deed(shop: Shop, member: MemberId) -> CardDeed:
    return CardDeed(member, shop.manager, intent())


def bound(shop: Shop, member: MemberId, number: str = NUMBER) -> CardId:
    issue(shop.ledger, deed(shop, member), number)
    return id_of(cards(shop.ledger, member)[0])


def id_of(line: CardLine) -> CardId:
    assert line.id is not None
    return line.id


def states(shop: Shop, member: MemberId) -> list[str]:
    return [line.state.value for line in cards(shop.ledger, member)]


def named(shop: Shop, number: str) -> MemberId | None:
    hit = find_exact(shop.ledger, number)
    return None if hit is None else hit.id


def test_every_number_of_an_account_names_its_member(shop: Shop) -> None:
    member = shop.member()
    bound(shop, member)
    issue(shop.ledger, deed(shop, member), None)

    by_form = {one.form: one for one in cards(shop.ledger, member)}

    assert named(shop, " 6001-0020 03 ") == member
    assert by_form[CardForm.PHYSICAL].masked == "******2003"
    assert len(by_form[CardForm.ELECTRONIC].masked) == 16


def test_a_lost_card_is_dead_at_once_and_says_so(shop: Shop) -> None:
    member = shop.member()
    card = bound(shop, member)

    report_lost(shop.ledger, deed(shop, member), card)

    with pytest.raises(CardDead) as dead:
        find_exact(shop.ledger, NUMBER)
    assert (dead.value.state, dead.value.on) == (CardState.LOST, shop.ledger.today())
    assert find_exact(shop.ledger, "13812340217") is not None


def test_a_card_found_again_is_alive(shop: Shop) -> None:
    member = shop.member()
    card = bound(shop, member)
    report_lost(shop.ledger, deed(shop, member), card)

    found_again(shop.ledger, deed(shop, member), card)

    assert named(shop, NUMBER) == member
    with pytest.raises(CardNotThere):
        found_again(shop.ledger, deed(shop, member), card)


def test_a_replacement_keeps_the_account_and_kills_the_old_number(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)
    card = bound(shop, member)
    report_lost(shop.ledger, deed(shop, member), card)

    replace_card(shop.ledger, deed(shop, member), card, OTHER)

    assert named(shop, OTHER) == member
    with pytest.raises(CardDead) as dead:
        find_exact(shop.ledger, NUMBER)
    assert dead.value.state is CardState.REPLACED
    assert states(shop, member) == ["active", "replaced"]
    for again in (found_again, report_lost):
        with pytest.raises(CardNotThere):
            again(shop.ledger, deed(shop, member), card)


def test_the_card_of_the_registration_can_be_lost_and_replaced(shop: Shop) -> None:
    new = NewMember("13900000001", Consents("2026-01"), card=NUMBER)
    member = register(shop.ledger, new, operator=shop.manager, intent=intent()).id
    (line,) = cards(shop.ledger, member)

    replace_card(shop.ledger, deed(shop, member), line.id, None)

    assert line.id is None
    with pytest.raises(CardDead):
        find_exact(shop.ledger, NUMBER)
    assert states(shop, member) == ["active", "replaced"]


def test_a_member_without_a_card_has_none_to_lose(shop: Shop) -> None:
    with pytest.raises(CardNotThere):
        report_lost(shop.ledger, deed(shop, shop.member()), None)


def test_another_members_card_is_not_reported_from_here(shop: Shop) -> None:
    card = bound(shop, shop.member())
    other = shop.member("13900000001")

    with pytest.raises(CardNotThere):
        report_lost(shop.ledger, deed(shop, other), card)


def test_a_number_is_never_given_twice(shop: Shop) -> None:
    member, other = shop.member(), shop.member("13900000001")
    card = bound(shop, member)
    replace_card(shop.ledger, deed(shop, member), card, OTHER)

    for number in (NUMBER, OTHER):
        with pytest.raises(NumberTaken):
            issue(shop.ledger, deed(shop, other), number)
        new = NewMember("13900000002", Consents("2026-01"), card=number)
        with pytest.raises(CardTaken):
            register(shop.ledger, new, operator=shop.manager, intent=intent())


@pytest.mark.parametrize("number", ["", "12", "卡片"])
def test_what_is_no_number_is_refused(shop: Shop, number: str) -> None:
    with pytest.raises(CardRefused):
        issue(shop.ledger, deed(shop, shop.member()), number)


def test_repeating_a_deed_changes_nothing(shop: Shop) -> None:
    member = shop.member()
    wish = deed(shop, member)
    for _ in range(2):
        issue(shop.ledger, wish, NUMBER)
    card = id_of(cards(shop.ledger, member)[0])
    lost, back, new = (deed(shop, member) for _ in range(3))
    for _ in range(2):
        report_lost(shop.ledger, lost, card)
    for _ in range(2):
        found_again(shop.ledger, back, card)
    for _ in range(2):
        replace_card(shop.ledger, new, card, OTHER)

    assert states(shop, member) == ["active", "replaced"]


def test_a_cashier_reports_a_loss_and_a_manager_lifts_it(shop: Shop) -> None:
    member = shop.member()
    card, who = bound(shop, member), cashier(shop)
    report_lost(shop.ledger, CardDeed(member, who, intent()), card)

    with pytest.raises(NotAllowed):
        found_again(shop.ledger, CardDeed(member, who, intent()), card)


def test_offline_a_card_is_blocked_but_not_unblocked(shop: Shop) -> None:
    member = shop.member()
    card = bound(shop, member)
    node = shop.ledger.node
    join(shop.ledger, Membership(node.id, node.epoch, node.store, b"h" * 32, 1))
    report_lost(shop.ledger, deed(shop, member), card)

    with pytest.raises(OnlineOnly):
        found_again(shop.ledger, deed(shop, member), card)

    assert states(shop, member) == ["lost"]


def test_of_a_frozen_member_cards_are_lost_but_not_issued(shop: Shop) -> None:
    member = shop.member()
    card = bound(shop, member)
    freeze(shop, member)

    with pytest.raises(StatusForbids):
        issue(shop.ledger, deed(shop, member), OTHER)
    report_lost(shop.ledger, deed(shop, member), card)

    assert states(shop, member) == ["lost"]


def test_the_number_is_not_in_the_chain_and_goes_with_its_person(shop: Shop) -> None:
    member = shop.member()
    card = bound(shop, member)
    replace_card(shop.ledger, deed(shop, member), card, OTHER)
    read = shop.ledger.read()
    payloads = b"".join(row[0] for row in read.execute("SELECT payload FROM journal"))

    with shop.ledger.write() as book:
        person_rows.forget(book, member)
        wrong = sum(one.wrong for one in rebuild(book) if one.name == "card")

    assert NUMBER.encode() not in payloads
    assert OTHER.encode() not in payloads
    assert (wrong, named(shop, OTHER)) == (0, None)
