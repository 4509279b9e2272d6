"""Cards of an account: a loss report kills at once, until that very report is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from pos_hq.fold import postings
from pos_hq.fold.belongings import Card
from pos_hq.fold.fact import Fact, Unreadable, text
from pos_hq.fold.sheet import Sheet, case_of

Private = Mapping[str, Any] | None
ACTIVE, LOST, REPLACED, VOID = "active", "lost", "replaced", "void"
_FORMS = {"physical", "electronic"}


def issue(sheet: Sheet, fact: Fact, private: Private) -> None:
    """Bind a number to an account; one that was ever another card's is void, and a case."""
    postings.post(sheet, fact)
    card, form = UUID(fact.body["card"]).hex, fact.body["form"]
    if fact.member is None or form not in _FORMS or card in sheet.plastic:
        raise Unreadable("no new card of anybody")
    number = None if private is None else text(private["number"]) or None
    taken = number is not None and _is_taken(sheet, number, fact.member)
    number, state = (None, VOID) if taken else (number, ACTIVE)
    _keep(sheet, Card(card, sheet.canonical(fact.member), number, form, state, fact.at))
    if taken:
        _conflict(sheet, fact)


def replace_one(sheet: Sheet, fact: Fact, private: Private) -> None:
    """Bind another number to the account; the old one is dead for ever."""
    old = _known(sheet, fact, "replaces")
    issue(sheet, fact, private)
    _keep(sheet, replace(old, state=REPLACED, since=fact.at, block=None))


def lose(sheet: Sheet, fact: Fact, _private: Private) -> None:
    """Kill a number until this very report is taken back."""
    postings.post(sheet, fact)
    card = _known(sheet, fact, "card")
    if card.state in {ACTIVE, LOST} and fact.id is not None:
        _keep(sheet, replace(card, state=LOST, since=fact.at, block=fact.id.hex()))


def find(sheet: Sheet, fact: Fact, _private: Private) -> None:
    """Take a report back; where there is a later one the card stays dead, and it is a case."""
    postings.post(sheet, fact)
    card = _known(sheet, fact, "card")
    if card.state == LOST and card.block == UUID(fact.body["lifts"]).hex:
        _keep(sheet, replace(card, state=ACTIVE, since=fact.at, block=None))
    elif card.state != ACTIVE:
        _conflict(sheet, fact)


def pass_on(sheet: Sheet, gone: str, kept: str) -> None:
    """Let the cards of one member be another's."""
    for card in list(sheet.plastic.values()):
        if card.member == gone:
            _keep(sheet, replace(card, member=kept))


def forget(sheet: Sheet, member: str) -> None:
    """Empty the numbers of an erased member."""
    for card in list(sheet.plastic.values()):
        if card.member == member:
            _keep(sheet, replace(card, number=None))


def _is_taken(sheet: Sheet, number: str, member: str) -> bool:
    """Say whether a number is any card's, or came with the registration of another member."""
    first = sheet.cards.get(number)
    others = first is not None and sheet.canonical(first) != sheet.canonical(member)
    return others or any(one.number == number for one in sheet.plastic.values())


def _known(sheet: Sheet, fact: Fact, name: str) -> Card:
    card = sheet.plastic.get(UUID(fact.body[name]).hex)
    if card is None:
        raise Unreadable("HQ knows no such card")
    return card


def _conflict(sheet: Sheet, fact: Fact) -> None:
    told: dict[str, object] = {"field": "card"}
    case = case_of(sheet, fact, "PROFILE_CONFLICT", here=told, there=told, proposal="keep card")
    sheet.open_case(case)


def _keep(sheet: Sheet, card: Card) -> None:
    sheet.plastic[card.id] = card
    sheet.new_cards.add(card.id)
    sheet.touched.add(card.member)
