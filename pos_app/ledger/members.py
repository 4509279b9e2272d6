"""Members: registering them once, and finding them again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId, new_id
from pos_app.ledger.cards import member_of_card, owner_of_number
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import initial_of, mask_name, mask_phone, phone_tail
from pos_app.ledger.member_fields import Gender, birthday_fields, clean_card
from pos_app.ledger.member_numbers import CODE_PREFIX, is_member_number, new_member_number
from pos_app.ledger.names import clean_name, clean_remark
from pos_app.ledger.offline import ensure_in_reach
from pos_app.ledger.phones import Phone, PhoneMalformed, parse_phone
from pos_app.ledger.pin_choice import member_verifier, owner_of
from pos_app.ledger.rights import Deed, ensure_may
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.holder import Birthday, Status
from pos_app.ledger.rules.tier_standing import given_or_held
from pos_app.ledger.rules.tiers import tier_name
from pos_app.ledger.store import member_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Event, Json, Kind
from pos_app.ledger.store.member_rows import MemberRow, known_member
from pos_app.ledger.store.search import Found, find
from pos_app.ledger.store.tokens import TAIL_MARK
from pos_app.ledger.welcome import promised

ROWS_MOST = 20
ROWS_SHOWN = 8


@dataclass(eq=False)
class ConsentMissing(PosError):
    """Nobody becomes a member without agreeing to the terms, in the version they were shown."""


@dataclass(eq=False)
class PhoneTaken(PosError):
    """The phone number is a member's already."""

    member: MemberId
    masked: str


@dataclass(eq=False)
class CardTaken(PosError):
    """The card is bound to another member."""

    member: MemberId
    masked: str


@dataclass(frozen=True, slots=True)
class Consents:
    """The versions of the texts agreed to; no marketing version means no advertising."""

    terms_version: str
    marketing_version: str | None = None


@dataclass(frozen=True, slots=True)
class NewMember:
    """What is told at the counter. Only phone and consent to the terms are needed."""

    phone: str = field(repr=False)
    consents: Consents
    name: str = field(default="", repr=False)
    gender: Gender = Gender.UNSAID
    birthday: Birthday | None = field(default=None, repr=False)
    card: str = field(default="", repr=False)
    referrer: MemberId | None = None
    pin: str | None = field(default=None, repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member just registered, as a cashier may see them."""

    id: MemberId
    number: str
    masked_name: str
    masked_phone: str
    tier: str
    status: Status
    joined_on: date


class Matched(StrEnum):
    """By what a search found a member."""

    NAME = "name"
    SOUND = "sound"
    PHONE = "phone"
    TAIL = "tail"
    CARD = "card"
    NUMBER = "number"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class MemberHit:
    """One row of a search: enough to recognise the member who stands here, and no more."""

    id: MemberId
    number: str
    masked_name: str
    initial: str
    masked_phone: str
    tail: str
    tier: str
    tier_name: str
    status: Status
    last_visit: date | None
    matched: Matched


def register(
    ledger: Ledger, new: NewMember, *, operator: OperatorId, intent: IntentId
) -> MemberCard:
    """Make a member, with their PIN if they chose one. Repeating the call returns the first card.

    Raises ConsentMissing, PhoneMalformed, PhoneTaken, CardRefused, CardTaken, NameRefused,
    RemarkRefused, BirthdayRefused, PinWeak, MemberUnknown (the referrer), OnlineOnly and those of
    `ensure_may`.
    """
    if not new.consents.terms_version:
        raise ConsentMissing
    private = _personal(new, ledger.today())
    owner = owner_of(str(private["phone"]), new.birthday)
    verifier = None if new.pin is None else member_verifier(ledger, new.pin, owner)
    with ledger.write() as book:
        event = book.event_of_intent(intent)
        if event is None:
            ensure_in_reach(ledger, book, Act.REGISTER)
            ensure_may(book, Deed(Act.REGISTER, operator, intent), key=ledger.capability_key)
            event = book.append(_enrolment(book, new, private, operator, intent))
            if verifier is not None:
                book.append(_pin(event, verifier))
        return _card(_of(book, event))


def duplicate_of(ledger: Ledger, phone_text: str) -> MemberHit | None:
    """Return the member who has this number already; None too while it is still being typed."""
    phone = _phone_in(phone_text)
    row = None if phone is None else member_rows.by_phone(ledger.read(), phone)
    return None if row is None else _hit(ledger, row, Matched.PHONE)


def search(ledger: Ledger, text: str, limit: int = ROWS_SHOWN) -> tuple[MemberHit, ...]:
    """Return who a typed text may mean, exact matches and recent visitors first, at most 20.

    Takes part of a phone number (four digits and more), of a name, its pinyin or initials, a card.
    """
    rows = find(ledger.read(), text, min(limit, ROWS_MOST))
    return tuple(_hit(ledger, one.member, _matched(one)) for one in rows)


def find_exact(ledger: Ledger, code: str) -> MemberHit | None:
    """Return the one member whom a scan or a whole number names: member code, phone or card.

    Raises CardDead for the number of a card that was lost or replaced.
    """
    text = code.strip()
    number = text.removeprefix(CODE_PREFIX)
    reader = ledger.read()
    if is_member_number(number) and (row := member_rows.by_number(reader, number)):
        return _hit(ledger, row, Matched.NUMBER)
    if text.startswith(CODE_PREFIX):
        return None
    phone = _phone_in(text)
    if phone is not None and (row := member_rows.by_phone(reader, phone)):
        return _hit(ledger, row, Matched.PHONE)
    bound = member_of_card(reader, text, ledger.programme.zone)
    return None if bound is None else _hit(ledger, bound, Matched.CARD)


def recent(ledger: Ledger, limit: int = 5) -> tuple[MemberHit, ...]:
    """Return who was registered, topped up or served here last."""
    rows = member_rows.recent(ledger.read(), min(limit, ROWS_MOST))
    return tuple(_hit(ledger, row, Matched.RECENT) for row in rows)


def _enrolment(
    book: Book, new: NewMember, private: dict[str, Json], operator: OperatorId, intent: IntentId
) -> Draft:
    ensure_phone_free(book, str(private["phone"]))
    ensure_card_free(book, new.card)
    body: dict[str, Json] = {
        "number": _free_number(book),
        "tier": book.programme.tier[0].code,
        "terms": new.consents.terms_version,
        **promised(book),
    }
    if new.consents.marketing_version:
        body["marketing"] = new.consents.marketing_version
    if new.referrer is not None:
        body["referrer"] = known_member(book, new.referrer).id.hex
    member = MemberId(new_id())
    return Draft(Kind.MEMBER_NEW, body, (), member, operator, intent, private=private)


def _personal(new: NewMember, today: date) -> dict[str, Json]:
    born = {} if new.birthday is None else birthday_fields(new.birthday, today)
    return {
        "phone": parse_phone(new.phone),
        "name": clean_name(new.name),
        "gender": new.gender.value,
        "card": clean_card(new.card) or None,
        "note": clean_remark(new.note),
        **born,
    }


def ensure_card_free(book: Statements, card: str, *, owner: MemberId | None = None) -> None:
    """Refuse a card that another member than `owner` holds, or held. Raises CardTaken."""
    row = owner_of_number(book, clean_card(card))
    if row is not None and row.id != owner:
        raise CardTaken(member=row.id, masked=mask_name(row.name))


def ensure_phone_free(book: Statements, phone: str) -> None:
    row = member_rows.by_phone(book, phone)
    if row is not None:
        raise PhoneTaken(member=row.id, masked=mask_name(row.name))


def _free_number(book: Statements) -> str:
    offered = iter(new_member_number, "")
    return next(number for number in offered if member_rows.by_number(book, number) is None)


def _pin(enrolment: Event, verifier: str) -> Draft:
    private = {"verifier": verifier}
    return Draft(
        Kind.PIN_SET, member=enrolment.member, operator=enrolment.operator, private=private
    )


def _of(book: Statements, event: Event) -> MemberRow:
    assert event.member is not None, "an enrolment names its member"
    return known_member(book, event.member)


def _phone_in(text: str) -> Phone | None:
    try:
        return parse_phone(text)
    except PhoneMalformed:
        return None


def _matched(found: Found) -> Matched:
    token, row = found.token, found.member
    if token.startswith(TAIL_MARK):
        return Matched.TAIL
    if token == row.number:
        return Matched.NUMBER
    if row.card is not None and token == row.card.casefold():
        return Matched.CARD
    if token.isascii() and token.isdigit():
        return Matched.PHONE
    return Matched.SOUND if token.isascii() and not row.name.isascii() else Matched.NAME


def _card(row: MemberRow) -> MemberCard:
    return MemberCard(
        id=row.id,
        number=row.number,
        masked_name=mask_name(row.name),
        masked_phone=mask_phone(row.phone or ""),
        tier=row.tier,
        status=row.status,
        joined_on=row.joined_on,
    )


def _hit(ledger: Ledger, row: MemberRow, matched: Matched) -> MemberHit:
    tier = given_or_held(row.tier, row.manual, ledger.today(), ledger.programme)
    return MemberHit(
        id=row.id,
        number=row.number,
        masked_name=mask_name(row.name),
        initial=initial_of(row.name),
        masked_phone=mask_phone(row.phone or ""),
        tail=phone_tail(row.phone or ""),
        tier=tier,
        tier_name=tier_name(tier, ledger.programme),
        status=row.status,
        last_visit=row.last_visit,
        matched=matched,
    )
