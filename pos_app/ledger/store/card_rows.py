"""The cards of an account: what this till wrote of each, and what HQ last told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pos_app.ids import CardId, EventId, MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import moment
from pos_app.ledger.store.remote_rows import NOTHING_HEARD, remote_of


class CardState(StrEnum):
    """What a card is. Replaced is for ever; void: the number was somebody else's already."""

    ACTIVE = "active"
    LOST = "lost"
    REPLACED = "replaced"
    VOID = "void"


class CardForm(StrEnum):
    """What carries the number."""

    PHYSICAL = "physical"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class Card:
    """A number of an account, and since when it is what it is; `block`: by which loss report."""

    id: CardId
    member: MemberId
    number: str
    form: CardForm
    state: CardState
    since: datetime
    block: EventId | None


@dataclass(frozen=True, slots=True)
class _Word:
    """One side's word on a card; `lifted` is the latest loss report that it took back."""

    card: Card
    seq: int = 0
    lifted: EventId | None = None


_HERE = "SELECT id, member, number, form, state, since, block, seq, lifted FROM card WHERE"
_TOLD = "SELECT id, member, number, form, state, since, block FROM remote_card WHERE"
_KEEP = (
    "INSERT INTO remote_card (id, member, number, form, state, since, block)"
    " SELECT unhex(value ->> 0), ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4,"
    " unhex(value ->> 5) FROM json_each(?) WHERE true"
    " ON CONFLICT (id) DO UPDATE SET member = excluded.member, number = excluded.number,"
    " form = excluded.form, state = excluded.state, since = excluded.since,"
    " block = excluded.block"
)


def cards_of(book: Statements, member: MemberId) -> tuple[Card, ...]:
    """Return the cards of a member, the usable ones first, then the latest."""
    found = _effective(book, "member = ?", member.bytes)
    return tuple(sorted(found, key=lambda one: (one.state is not CardState.ACTIVE, -_at(one))))


def card_of_number(book: Statements, number: str) -> Card | None:
    """Return the card of this number: the one in use, else the one that was last."""
    found = [one for one in _effective(book, "number = ?", number) if one.number == number]
    found.sort(key=lambda one: (one.state is CardState.ACTIVE, _at(one)))
    return found[-1] if found else None


def card_of_id(book: Statements, card: CardId) -> Card | None:
    """Return a card."""
    found = _effective(book, "id = ?", card.bytes)
    return found[0] if found else None


def keep_told(book: Statements, member: MemberId, cards: Iterable[list[Any]]) -> None:
    """Replace what HQ last told of a member's cards."""
    book.execute("DELETE FROM remote_card WHERE member = ?", (member.bytes,))
    book.execute(_KEEP, (member.bytes, json.dumps(list(cards))))


def _at(card: Card) -> float:
    return card.since.timestamp()


def _effective(book: Statements, condition: str, value: bytes | str) -> list[Card]:
    """Return cards by the later of both words; a block that nobody has lifted always wins."""
    ids = {row[0] for row in book.execute(f"{_HERE} {condition}", (value,))}
    ids |= {row[0] for row in book.execute(f"{_TOLD} {condition}", (value,))}
    return [_one(book, known) for known in sorted(ids)]


def _one(book: Statements, known: bytes) -> Card:
    row = book.execute(f"{_HERE} id = ?", (known,)).fetchone()
    here = None if row is None else _Word(_card(row), row[7], _event(row[8]))
    row = book.execute(f"{_TOLD} id = ?", (known,)).fetchone()
    told = None if row is None else _card(row)
    if here is None or told is None:
        card = told if here is None else here.card
        assert card is not None, "one of them was found"
        return card
    remote = remote_of(book, told.member) or NOTHING_HEARD
    return told if _wins(told, here, remote.known_seq) else here.card


def _wins(told: Card, here: _Word, known_seq: int) -> bool:
    """Say whether HQ's word stands: it knew this till's last one, or it blocks what that did not.

    What was replaced or lost here since HQ last heard of it stays blocked all the same.
    """
    if here.seq <= known_seq:
        return True
    if here.card.state is not CardState.ACTIVE:
        return told.state in {CardState.REPLACED, CardState.VOID}
    if told.state is CardState.LOST:
        return told.block != here.lifted
    return told.state is not CardState.ACTIVE


def _card(row: Any) -> Card:  # noqa: ANN401 -- a row is whatever its SQL says
    known, member, number, form, state, since, block = row[:7]
    return Card(
        id=CardId(UUID(bytes=known)),
        member=MemberId(UUID(bytes=member)),
        number=number or "",
        form=CardForm(form),
        state=CardState(state),
        since=moment(since),
        block=_event(block),
    )


def _event(raw: bytes | None) -> EventId | None:
    return None if raw is None else EventId(UUID(bytes=raw))
