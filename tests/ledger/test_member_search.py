"""Finding a member again, by a part or by what names exactly one."""

import pytest

from pos_app.ledger import members
from pos_app.ledger.members import Consents, Matched, MemberCard, NewMember
from pos_app.ledger.rules.holder import Status
from tests.shop import Shop, intent

TERMS = Consents("2026-01")
PHONE = "138 1234 0217"


def register(shop: Shop, new: NewMember) -> MemberCard:
    return members.register(shop.ledger, new, operator=shop.manager, intent=intent())


def test_a_duplicate_shows_while_typing(shop: Shop) -> None:
    owner = shop.member(PHONE)

    hit = members.duplicate_of(shop.ledger, "13812340217")

    assert hit is not None
    assert (hit.id, hit.masked_name, hit.tier_name) == (owner, "王**", "普通会员")
    assert members.duplicate_of(shop.ledger, "138123402") is None
    assert members.duplicate_of(shop.ledger, "13812340218") is None


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("王晓", Matched.NAME),
        ("晓明", Matched.NAME),
        ("wangxiao", Matched.SOUND),
        ("wxm", Matched.SOUND),
        ("0217", Matched.TAIL),
        ("40217", Matched.TAIL),
        ("1381234", Matched.PHONE),
        ("6222ab", Matched.CARD),
    ],
)
def test_a_part_finds_the_member_and_says_how(shop: Shop, typed: str, matched: Matched) -> None:
    new = NewMember(phone=PHONE, consents=TERMS, name="王晓明", card="6222AB")
    card = register(shop, new)

    (hit,) = members.search(shop.ledger, typed)

    assert (hit.id, hit.matched) == (card.id, matched)


def test_a_latin_name_is_found_as_a_name_and_a_number_as_a_number(shop: Shop) -> None:
    card = register(shop, NewMember(phone=PHONE, consents=TERMS, name="John Smith"))

    (by_name,) = members.search(shop.ledger, "smith")
    (by_number,) = members.search(shop.ledger, card.number)

    assert by_name.matched is Matched.NAME
    assert by_number.matched is Matched.NUMBER


def test_a_row_shows_no_more_than_is_needed_to_recognise(shop: Shop) -> None:
    shop.member(PHONE)

    (hit,) = members.search(shop.ledger, "0217")

    assert (hit.masked_name, hit.initial) == ("王**", "王")
    assert (hit.masked_phone, hit.tail) == ("138****0217", "0217")
    assert (hit.tier, hit.tier_name, hit.status) == ("BASE", "普通会员", Status.NORMAL)
    assert hit.last_visit is None


def test_a_search_never_shows_more_than_twenty_rows(shop: Shop) -> None:
    for n in range(22):
        shop.member(f"1390000{n:04}", name="王明")

    assert len(members.search(shop.ledger, "wangming")) == 8
    assert len(members.search(shop.ledger, "wangming", limit=1000)) == 20


@pytest.mark.parametrize("spelling", ["13812340217", "138 1234 0217", "+8613812340217"])
def test_a_whole_phone_number_opens_its_member(shop: Shop, spelling: str) -> None:
    owner = shop.member(PHONE)

    hit = members.find_exact(shop.ledger, spelling)

    assert hit is not None
    assert (hit.id, hit.matched) == (owner, Matched.PHONE)


def test_a_member_code_and_a_card_open_their_member(shop: Shop) -> None:
    card = register(shop, NewMember(phone=PHONE, consents=TERMS, card="6222-AB"))

    by_number = members.find_exact(shop.ledger, card.number)
    by_code = members.find_exact(shop.ledger, f"MBR:{card.number}")
    by_card = members.find_exact(shop.ledger, " 6222ab ")

    assert by_number is not None
    assert by_number == by_code
    assert by_number.matched is Matched.NUMBER
    assert by_card is not None
    assert (by_card.id, by_card.matched) == (card.id, Matched.CARD)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "0217",
        "13812340218",
        "MBR:13812340217",
        "MBR:",
        "882222222222",
        "王晓明",
        "\ud800",
        "6222",
    ],
)
def test_what_names_nobody_opens_nobody(shop: Shop, code: str) -> None:
    shop.member(PHONE)

    assert members.find_exact(shop.ledger, code) is None


def test_who_was_served_last_is_listed_first(shop: Shop) -> None:
    first, second, third = (shop.member(f"1390000000{n}") for n in range(3))

    shop.top_up(first, 10_000)

    assert [hit.id for hit in members.recent(shop.ledger)] == [first, third, second]
    assert [hit.id for hit in members.recent(shop.ledger, limit=1)] == [first]
    assert members.recent(shop.ledger, limit=1)[0].matched is Matched.RECENT


def test_on_a_first_day_nobody_was_served(shop: Shop) -> None:
    assert members.recent(shop.ledger) == ()
