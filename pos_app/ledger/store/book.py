"""One write transaction over the book: the only place where an event becomes a fact."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pos_app.clock import business_date
from pos_app.errors import PosError
from pos_app.ids import EventId, IntentId, MemberId, NodeId, new_id
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.store import journal
from pos_app.ledger.store.accounts import HQ, RECEIVABLE, borrower_of, holding_of
from pos_app.ledger.store.copying import Stored
from pos_app.ledger.store.driver import Cursor, Statements
from pos_app.ledger.store.event import (
    Draft,
    Event,
    Kind,
    Transfer,
    canonical,
    milliseconds,
    moment,
    payload_of,
    read_event,
)
from pos_app.ledger.store.journal import Head
from pos_app.ledger.store.posting import Posting
from pos_app.ledger.store.projection import project
from pos_app.ledger.store.replay import replay
from pos_app.money import Money
from pos_app.security.chain import chain_hash, private_digest
from pos_app.security.evidence import Evidence, NotProved, ensure_evidence

EVIDENCE_LIFETIME = timedelta(seconds=180)
# Stored value, and what is spent of it early.
_STORED_VALUE = ("hold:P:", "hold:B:", RECEIVABLE)


@dataclass(eq=False)
class NotNext(PosError):
    """The event does not follow from the end of this chain."""

    seq: int


@dataclass(frozen=True, slots=True)
class Node:
    """A terminal's place in the chain of stores: one ledger file, one writer, one epoch."""

    id: NodeId
    epoch: int
    store: str
    store_name: str
    terminal_name: str


@dataclass(frozen=True, slots=True)
class Pen:
    """What a transaction writes with.

    Who signs, what seals evidence, and where accounts are numbered.
    """

    node: Node
    sign: Callable[[bytes], bytes]
    capability_key: bytes
    posting: Posting


class Book:
    """An open write transaction.

    It sees the head that it builds on and a time that never goes back.
    """

    def __init__(
        self, to: Statements, pen: Pen, head: Head, *, at: datetime, programme: Programme
    ) -> None:
        self._to = to
        self._pen = pen
        self.head = head
        self.now = moment(max(milliseconds(at), head.at))
        self.programme = programme
        # The business day of this transaction.
        self.today = business_date(self.now, zone=programme.zone, cutover=programme.cutover)
        self.kinds: set[Kind] = set()

    @property
    def next_seq(self) -> int:
        """The place that the next event will take."""
        return self.head.seq + 1

    @property
    def node(self) -> Node:
        """The terminal that writes."""
        return self._pen.node

    def execute(self, sql: str, parameters: tuple[Any, ...] = (), /) -> Cursor:
        """Run prepared text inside this transaction."""
        return self._to.execute(sql, parameters)

    def event_of_intent(self, intent: IntentId) -> Event | None:
        """Return what this intent has already done, so that a retry is harmless."""
        return journal.event_of_intent(self, intent)

    def rebuild(self) -> int:
        """Make every derived table anew from the journal; return how many events were read."""
        count = replay(self._to)
        self._pen.posting.forget()
        self.kinds.add(Kind.PROGRAMME)
        return count

    def append(self, draft: Draft, evidence: Evidence | None = None) -> Event:
        """Give the draft its place in the chain, sign it.

        And write everything that follows from it.

        Stored value leaves a member only with evidence of that member bound to this very payment or
        closing (D14): raises NotProved otherwise, whoever calls.
        """
        draft = self._with_proof(draft, evidence)
        event_id = draft.id or EventId(new_id())
        salt, data = (
            secrets.token_bytes(16),
            None if draft.private is None else canonical(draft.private),
        )
        payload = payload_of(
            draft,
            event_id,
            at=milliseconds(self.now),
            day=self.today,
            programme=self.programme.version,
            digest=None if data is None else private_digest(salt, data),
        )
        event = self._enter(draft, event_id, payload)
        if data is not None:
            self._to.execute(journal.INSERT_SIDECAR, (event_id.bytes, salt, data))
        self._follow(event, None if data is None else json.loads(data))
        self.head = Head(event.seq, event.hash, milliseconds(self.now))
        return event

    def adopt(self, stored: Stored) -> Event:
        """Take an event of this very chain as it was written and signed; it comes without sidecar.

        Raises NotNext where it does not follow from the head.
        """
        event = read_event(stored.seq, stored.payload, stored.hash)
        node, previous = self._pen.node, self.head.hash
        digest = chain_hash(node.id, node.epoch, self.next_seq, previous, stored.payload)
        if (stored.seq, stored.hash) != (self.next_seq, digest):
            raise NotNext(stored.seq)
        named = (_bytes(event.member), _bytes(event.intent), _bytes(event.of))
        day, stamp = event.business_date.isoformat(), milliseconds(event.at)
        row = (event.seq, event.id.bytes, event.kind.value, day, stamp, *named)
        self._to.execute(journal.INSERT, (*row, stored.payload, stored.hash, stored.signature))
        self._follow(event, None)
        self.head = Head(event.seq, event.hash, stamp)
        return event

    def _follow(self, event: Event, private: Mapping[str, Any] | None) -> None:
        """Write everything that follows from an event."""
        self._pen.posting.post(event)
        project(self._to, event, private)
        self.kinds.add(event.kind)

    def _enter(self, draft: Draft, event_id: EventId, payload: bytes) -> Event:
        seq = self.next_seq
        digest = chain_hash(self._pen.node.id, self._pen.node.epoch, seq, self.head.hash, payload)
        named = (_bytes(draft.member), _bytes(draft.intent), _bytes(draft.of))
        stamp = milliseconds(self.now)
        row = (seq, event_id.bytes, draft.kind.value, self.today.isoformat(), stamp, *named)
        self._to.execute(journal.INSERT, (*row, payload, digest, self._pen.sign(digest)))
        return read_event(seq, payload, digest)

    def _with_proof(self, draft: Draft, evidence: Evidence | None) -> Draft:
        spent = value_spent(draft.transfers)
        if not spent:
            return draft
        assert draft.member is not None, "stored value has an owner"
        assert draft.intent is not None, "a payment has an intent"
        if owners_of(draft.transfers) != {draft.member}:
            raise NotProved("other_payment")
        wanted = Evidence("", draft.member, spent, draft.intent, self.now)
        proof = ensure_evidence(
            self._pen.capability_key, evidence, wanted, lifetime=EVIDENCE_LIFETIME
        )
        body: Mapping[str, Any] = {**draft.body, "evidence": _journalled(proof)}
        return replace(draft, body=body)


def value_spent(moves: Iterable[Transfer]) -> Money:
    """Return what these transfers take out of stored value for good, both pockets together."""
    return Money(sum(move.amount for move in moves if _is_spent(move)))


def owners_of(moves: Iterable[Transfer]) -> set[MemberId]:
    """Return whose stored value these transfers spend."""
    owners = (_owner_of(move.source) for move in moves if _is_spent(move))
    return {owner for owner in owners if owner is not None}


def _owner_of(account: str) -> MemberId | None:
    holding = holding_of(account)
    return borrower_of(account) if holding is None else holding.member


def _is_spent(move: Transfer) -> bool:
    """Say whether stored value leaves its member: what goes back to HQ is still theirs."""
    return move.source.startswith(_STORED_VALUE) and move.target != HQ


def _journalled(proof: Evidence) -> dict[str, Any]:
    bound = {"member": proof.member.hex, "amount": proof.amount.minor, "intent": proof.intent.hex}
    return {"factor": proof.factor, "at": milliseconds(proof.at), **bound}


def _bytes(identity: UUID | None) -> bytes | None:
    return None if identity is None else identity.bytes
