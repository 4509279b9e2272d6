"""The cards of an account: numbers that name a member, bound, lost, found again, replaced.

Only the account owns money; a card names it. A lost one is dead at once, offline as well.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pos_app.errors import PosError
from pos_app.ids import CardId, EventId, IntentId, MemberId, OperatorId, new_id
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_card
from pos_app.ledger.member_fields import CardRefused, clean_card
from pos_app.ledger.offline import ensure_in_reach
from pos_app.ledger.rights import Deed, ensure_may, ensure_permitted
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store import card_rows, member_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.card_rows import Card, CardForm, CardState
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Json, Kind
from pos_app.ledger.store.member_rows import MemberRow, known_member

# Read as no payer's code, no phone and no member number.
_ELECTRONIC, _DIGITS = "70", 14


@dataclass(eq=False)
class CardDead(PosError):
    """The number names nobody any more: since when, and why."""

    masked: str
    state: CardState
    on: date


@dataclass(eq=False)
class CardNotThere(PosError):
    """The account has no such card, or nothing of the kind can be done with it any more."""

    state: CardState | None


@dataclass(eq=False)
class NumberTaken(PosError):
    """The number is, or was, a card's already; a number is never given twice."""

    masked: str


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card of an account, as a cashier may see it. One without `id` came with registration."""

    id: CardId | None
    masked: str
    form: CardForm
    state: CardState
    since: datetime | None


@dataclass(frozen=True, slots=True)
class CardDeed:
    """Who does something to whose card, once."""

    member: MemberId
    operator: OperatorId
    intent: IntentId


def cards(ledger: Ledger, member: MemberId) -> tuple[CardLine, ...]:
    """Return the cards of an account, the usable ones first. Raises MemberUnknown."""
    reader = ledger.read()
    first = known_member(reader, member).card
    kept = card_rows.cards_of(reader, member)
    lines = [_line(one) for one in kept]
    if first is not None and first not in {one.number for one in kept}:
        bound = CardLine(None, mask_card(first), CardForm.PHYSICAL, CardState.ACTIVE, None)
        lines.insert(0, bound)
    return tuple(lines)


def member_of_card(reader: Statements, text: str, zone: ZoneInfo) -> MemberRow | None:
    """Return the member whom a card's number names. Raises CardDead."""
    try:
        number = clean_card(text)
    except CardRefused:
        return None
    card = card_rows.card_of_number(reader, number)
    if card is not None and card.state is not CardState.ACTIVE:
        raise CardDead(mask_card(number), card.state, card.since.astimezone(zone).date())
    return owner_of_number(reader, number)


def owner_of_number(reader: Statements, number: str) -> MemberRow | None:
    """Return to whom a number belongs, or belonged: a number is never given twice."""
    card = card_rows.card_of_number(reader, number)
    if card is None:
        return member_rows.by_card(reader, number)
    return member_rows.by_id(reader, card.member)


def issue(ledger: Ledger, deed: CardDeed, number: str | None) -> None:
    """Bind a card's number to the account; without one, an electronic card is made.

    Raises CardRefused, NumberTaken, StatusForbids and those of `ensure_may`.
    """
    with ledger.write() as book:
        if book.event_of_intent(deed.intent) is None:
            _ensure(ledger, book, deed, Act.ISSUE_CARD)
            body, private = _new(book, number)
            _append(book, Kind.CARD_ISSUE, deed, body, private)


def report_lost(ledger: Ledger, deed: CardDeed, card: CardId | None) -> None:
    """Kill a card at once, online or not; the account goes on. Without `card`: the first one.

    Raises CardNotThere and those of `ensure_may`.
    """
    with ledger.write() as book:
        if book.event_of_intent(deed.intent) is None:
            _ensure(ledger, book, deed, Act.BLOCK_CARD)
            lost = _card_of(book, deed, card, {CardState.ACTIVE})
            _append(book, Kind.CARD_LOSS, deed, *_about(lost))


def found_again(ledger: Ledger, deed: CardDeed, card: CardId) -> None:
    """Take back the loss report that is known here; a later one elsewhere stays.

    Raises CardNotThere, OnlineOnly, StatusForbids and those of `ensure_may`.
    """
    with ledger.write() as book:
        if book.event_of_intent(deed.intent) is None:
            _ensure(ledger, book, deed, Act.UNBLOCK_CARD)
            ensure_in_reach(ledger, book, Act.UNBLOCK_CARD)
            back = _card_of(book, deed, card, {CardState.LOST})
            assert back.block is not None, "a lost card was reported"
            body, private = _about(back)
            _append(book, Kind.CARD_FOUND, deed, {**body, "lifts": back.block.hex}, private)


def replace_card(ledger: Ledger, deed: CardDeed, card: CardId | None, number: str | None) -> None:
    """Give the account another number for a card, whose own is dead for ever from now on.

    Raises CardNotThere, CardRefused, NumberTaken, StatusForbids and those of `ensure_may`.
    """
    with ledger.write() as book:
        if book.event_of_intent(deed.intent) is None:
            _ensure(ledger, book, deed, Act.ISSUE_CARD)
            old = _card_of(book, deed, card, {CardState.ACTIVE, CardState.LOST})
            body, private = _new(book, number)
            gone = {"replaces": old.id.hex, "replaced_form": old.form.value}
            numbers = {**private, "replaced_number": old.number}
            _append(book, Kind.CARD_REPLACE, deed, {**body, **gone}, numbers)


def _ensure(ledger: Ledger, book: Book, deed: CardDeed, act: Act) -> None:
    ensure_permitted(known_member(book, deed.member).status, act)
    ensure_may(book, Deed(act, deed.operator, deed.intent), key=ledger.capability_key)


def _new(book: Statements, number: str | None) -> tuple[dict[str, Json], dict[str, Json]]:
    form = CardForm.ELECTRONIC if number is None else CardForm.PHYSICAL
    text = _free_number(book) if number is None else clean_card(number)
    if not text:
        raise CardRefused
    if _is_taken(book, text):
        raise NumberTaken(mask_card(text))
    return {"card": new_id().hex, "form": form.value}, {"number": text}


def _free_number(book: Statements) -> str:
    while True:
        number = f"{_ELECTRONIC}{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
        if not _is_taken(book, number):
            return number


def _is_taken(book: Statements, number: str) -> bool:
    return owner_of_number(book, number) is not None


def _card_of(book: Book, deed: CardDeed, card: CardId | None, states: set[CardState]) -> Card:
    """Return a card of the account; the one that came with registration gets a record first."""
    known = _adopted(book, deed) if card is None else card_rows.card_of_id(book, card)
    if known is None or known.member != deed.member or known.state not in states:
        raise CardNotThere(None if known is None else known.state)
    return known


def _adopted(book: Book, deed: CardDeed) -> Card | None:
    number = known_member(book, deed.member).card
    if number is None:
        return None
    if card_rows.card_of_number(book, number) is None:
        body: dict[str, Json] = {"card": new_id().hex, "form": CardForm.PHYSICAL.value}
        draft = Draft(
            Kind.CARD_ISSUE, body, (), deed.member, deed.operator, private={"number": number}
        )
        book.append(draft)
    return card_rows.card_of_number(book, number)


def _about(card: Card) -> tuple[dict[str, Json], dict[str, Json]]:
    return {"card": card.id.hex, "form": card.form.value}, {"number": card.number}


def _append(
    book: Book, kind: Kind, deed: CardDeed, body: dict[str, Json], private: dict[str, Json]
) -> EventId:
    named = (deed.member, deed.operator, deed.intent)
    return book.append(Draft(kind, body, (), *named, private=private)).id


def _line(card: Card) -> CardLine:
    return CardLine(card.id, mask_card(card.number), card.form, card.state, card.since)
