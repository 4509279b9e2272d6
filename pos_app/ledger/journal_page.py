"""The journal as people read it: a page of events, and one event explained to the last transfer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_name
from pos_app.ledger.store import journal, journal_rows, member_rows
from pos_app.ledger.store.event import Event, Kind, canonical
from pos_app.ledger.store.journal_rows import Wanted
from pos_app.ledger.store.operator_rows import operator_by_id
from pos_app.money import Money, Points
from pos_app.security.chain import NO_HASH
from pos_app.security.signing import verify

SHORT_HASH = 8


@dataclass(eq=False)
class EventUnknown(PosError):
    """The chain has no event at this place."""

    seq: int


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which events are wanted; `before` pages backwards from a place of the chain."""

    day: date | None = None
    kinds: tuple[Kind, ...] = ()
    member: MemberId | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One event in a line; a negative amount was paid out by the shop."""

    seq: int
    at: datetime
    kind: Kind
    slip: str
    member_masked: str
    operator_number: str
    amount: Money
    points: Points
    hash_short: str


@dataclass(frozen=True, slots=True)
class EventDetail:
    """One event in full: its transfers `(source, target, unit, amount)`, its facts.

    And its place in the chain.
    """

    line: JournalLine
    rules: str
    hash: str
    previous_hash: str
    signature_ok: bool
    transfers: tuple[tuple[str, str, str, int], ...]
    facts: tuple[tuple[str, str], ...]


def page(ledger: Ledger, wanted: JournalFilter, limit: int = 50) -> tuple[JournalLine, ...]:
    """Return a page of the journal, newest first."""
    asked = Wanted(wanted.day, wanted.kinds, wanted.member, wanted.before)
    return tuple(
        line_of(ledger, event) for event in journal_rows.rows_of(ledger.read(), asked, limit)
    )


def explain(ledger: Ledger, seq: int) -> EventDetail:
    """Return one event with everything it moved and recorded. Raises EventUnknown."""
    reader = ledger.read()
    event = journal.event_at(reader, seq)
    if event is None:
        raise EventUnknown(seq)
    before = journal.event_at(reader, seq - 1)
    return EventDetail(
        line=line_of(ledger, event),
        rules=event.programme,
        hash=event.hash.hex(),
        previous_hash=(NO_HASH if before is None else before.hash).hex(),
        signature_ok=verify(ledger.public_key, event.hash, journal_rows.signature_at(reader, seq)),
        transfers=tuple(
            (move.source, move.target, move.unit, move.amount) for move in event.transfers
        ),
        facts=tuple(_facts(event.body)),
    )


def line_of(ledger: Ledger, event: Event) -> JournalLine:
    """Return an event in a line."""
    row = None if event.member is None else member_rows.by_id(ledger.read(), event.member)
    operator = None if event.operator is None else operator_by_id(ledger.read(), event.operator)
    return JournalLine(
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        slip=str(event.body.get("slip", "")),
        member_masked="" if row is None else mask_name(row.name),
        operator_number="" if operator is None else operator.number,
        amount=_amount(event),
        points=_points(event),
        hash_short=event.hash.hex()[:SHORT_HASH],
    )


def _amount(event: Event) -> Money:
    body = event.body
    if event.kind is Kind.SALE:
        return Money(body["payable"])
    if event.kind is Kind.TOPUP:
        return Money(body["amount"])
    paid_out = event.kind in {Kind.REFUND, Kind.VOID, Kind.ACCOUNT_CLOSE}
    return Money(-body["money"]) if paid_out else Money()


def _points(event: Event) -> Points:
    """Return what the event changed in the member's points: the sum of its transfers."""
    change = 0
    for move in event.transfers:
        if move.unit == "PTS":
            change += move.amount if move.target.startswith(("hold:", "debt:")) else 0
            change -= move.amount if move.source.startswith(("hold:", "debt:")) else 0
    return Points(change)


def _facts(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    facts = []
    for name, value in body.items():
        plain = isinstance(value, str | int)
        facts.append(
            (
                name,
                str(value)
                if plain
                else json.dumps(json.loads(canonical(value)), ensure_ascii=False),
            )
        )
    return facts
