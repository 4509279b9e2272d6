"""Registering a member once, and finding them again."""

from datetime import date

import pytest

from pos_app.ids import MemberId, OperatorId, new_id
from pos_app.ledger import members
from pos_app.ledger.member_fields import CardRefused, Gender
from pos_app.ledger.member_numbers import is_member_number
from pos_app.ledger.member_profile import profile
from pos_app.ledger.members import (
    CardTaken,
    ConsentMissing,
    Consents,
    MemberCard,
    NewMember,
    PhoneTaken,
)
from pos_app.ledger.names import NameRefused
from pos_app.ledger.phones import PhoneMalformed
from pos_app.ledger.pin_choice import PinWeak
from pos_app.ledger.rights import OperatorUnknown
from pos_app.ledger.rules.holder import Birthday, Status
from pos_app.ledger.store.member_rows import MemberUnknown
from pos_app.ledger.store.pins import has_pin
from pos_app.security.pin import WeakPin
from tests.fakes import FakeClock
from tests.shop import MEMBER_PIN, Shop, intent, open_ledger

TERMS = Consents("2026-01")
PHONE = "138 1234 0217"


def register(shop: Shop, new: NewMember) -> MemberCard:
    return members.register(shop.ledger, new, operator=shop.manager, intent=intent())


def head(shop: Shop) -> int:
    return int(shop.ledger.read().execute("SELECT max(seq) FROM journal").fetchone()[0])


def test_a_phone_and_one_consent_make_a_member(shop: Shop) -> None:
    card = register(shop, NewMember(phone=PHONE, consents=TERMS))

    kept = profile(shop.ledger, card.id)
    assert is_member_number(card.number)
    assert card.masked_phone == "138****0217"
    assert (card.tier, card.status) == ("BASE", Status.NORMAL)
    assert card.joined_on == date(2026, 6, 15)
    assert (kept.terms_version, kept.marketing_version) == ("2026-01", None)
    assert kept.visits == 0


def test_everything_told_is_kept(shop: Shop) -> None:
    friend = shop.member("13900000001", name="李雷")

    card = register(
        shop,
        NewMember(
            phone=PHONE,
            consents=Consents("2026-01", "2026-02"),
            name=" 王晓明 ",
            gender=Gender.FEMALE,
            birthday=Birthday(3, 7, 1990, lunar=True),
            card="6222 0212 3456 7890 123",
            referrer=friend,
            pin=MEMBER_PIN,
            note="少糖",
        ),
    )

    kept = profile(shop.ledger, card.id)
    assert (kept.masked_name, kept.initial, kept.gender) == ("王**", "王", Gender.FEMALE)
    assert (kept.birthday, kept.lunar) == ("03-07", True)
    assert kept.masked_card == "622202*********0123"
    assert (kept.referrer, kept.referrer_masked) == (friend, "李*")
    assert (kept.marketing_version, kept.note, kept.has_pin) == ("2026-02", "少糖", True)


def test_a_second_press_makes_no_second_member(shop: Shop) -> None:
    new, wish = NewMember(phone=PHONE, consents=TERMS, pin=MEMBER_PIN), intent()

    first = members.register(shop.ledger, new, operator=shop.manager, intent=wish)
    before = head(shop)
    again = members.register(shop.ledger, new, operator=shop.manager, intent=wish)

    assert again == first
    assert head(shop) == before


def test_nobody_becomes_a_member_without_consent(shop: Shop) -> None:
    before = head(shop)

    with pytest.raises(ConsentMissing):
        register(shop, NewMember(phone=PHONE, consents=Consents("")))

    assert head(shop) == before


def test_a_number_that_is_a_members_is_refused_and_says_whose(shop: Shop) -> None:
    owner = shop.member(PHONE)

    with pytest.raises(PhoneTaken) as taken:
        register(shop, NewMember(phone="+8613812340217", consents=TERMS))

    assert (taken.value.member, taken.value.masked) == (owner, "王**")


def test_a_card_that_is_a_members_is_refused_and_says_whose(shop: Shop) -> None:
    new = NewMember(phone=PHONE, consents=TERMS, name="王晓明", card="AB 12 34")
    owner = register(shop, new)

    with pytest.raises(CardTaken) as taken:
        register(shop, NewMember(phone="13900000002", consents=TERMS, card="ab1234"))

    assert (taken.value.member, taken.value.masked) == (owner.id, "王**")


@pytest.mark.parametrize(
    ("new", "fact"),
    [
        (NewMember(phone="1381234", consents=TERMS), PhoneMalformed),
        (NewMember(phone=PHONE, consents=TERMS, name="王\n明"), NameRefused),
        (NewMember(phone=PHONE, consents=TERMS, card="卡"), CardRefused),
        (NewMember(phone=PHONE, consents=TERMS, pin="123456"), PinWeak),
        (NewMember(phone=PHONE, consents=TERMS, referrer=MemberId(new_id())), MemberUnknown),
    ],
)
def test_what_cannot_be_kept_leaves_no_trace(
    shop: Shop, new: NewMember, fact: type[Exception]
) -> None:
    before = head(shop)

    with pytest.raises(fact):
        register(shop, new)

    assert head(shop) == before
    assert members.duplicate_of(shop.ledger, PHONE) is None


@pytest.mark.parametrize(
    ("pin", "reason"), [("123402", WeakPin.PHONE_TAIL), ("900307", WeakPin.BIRTHDAY)]
)
def test_a_pin_may_not_be_what_a_thief_knows(shop: Shop, pin: str, reason: WeakPin) -> None:
    new = NewMember(phone=PHONE, consents=TERMS, birthday=Birthday(3, 7, 1990), pin=pin)

    with pytest.raises(PinWeak) as weak:
        register(shop, new)

    assert weak.value.reason is reason


def test_only_who_works_here_registers(shop: Shop) -> None:
    new = NewMember(phone=PHONE, consents=TERMS)

    with pytest.raises(OperatorUnknown):
        members.register(shop.ledger, new, operator=OperatorId(new_id()), intent=intent())


def test_no_personal_data_enters_the_chain(shop: Shop) -> None:
    register(
        shop,
        NewMember(
            phone=PHONE,
            consents=TERMS,
            name="王晓明",
            birthday=Birthday(3, 7, 1990),
            card="6222021234567890123",
            pin=MEMBER_PIN,
            note="少糖",
        ),
    )

    rows = shop.ledger.read().execute("SELECT payload FROM journal").fetchall()
    chain = b"".join(payload for (payload,) in rows).decode()
    personal = ("13812340217", "王晓明", "1990-03-07", "6222021234567890123", "少糖", "$argon2")
    assert [word for word in personal if word in chain] == []


def test_what_is_told_does_not_stand_in_a_log() -> None:
    new = NewMember(phone=PHONE, consents=TERMS, name="王晓明", pin=MEMBER_PIN, card="6222")

    assert all(word not in repr(new) for word in (PHONE, "王晓明", MEMBER_PIN, "6222"))


def test_members_survive_a_restart(shop: Shop, clock: FakeClock) -> None:
    owner = shop.member(PHONE, pin=MEMBER_PIN)
    shop.ledger.close()

    with open_ledger(shop.ledger.path.parent, clock) as reopened:
        hit = members.find_exact(reopened, PHONE)
        chosen = has_pin(reopened.read(), owner)

    assert hit is not None
    assert hit.id == owner
    assert chosen
