"""A push, opened: its bytes, the chain that they make, and what is wrong with it in itself."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pos_app.ids import NodeId
from pos_app.security.chain import chain_hash, private_digest
from pos_app.sync.wire import Push
from pos_hq.facts import ChainBroken, KindUnknown
from pos_hq.fold.fact import KINDS, Fact, parse, read_fact, unknown_kind

Private = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Batch:
    """The payloads of a push, and the hash that each has after `prev_hash`."""

    first_seq: int
    prev_hash: bytes
    payloads: tuple[bytes, ...]
    values: tuple[object, ...]
    hashes: tuple[bytes, ...]
    signatures: tuple[bytes, ...]
    sidecars: Mapping[bytes, tuple[bytes, bytes]]

    @property
    def last_seq(self) -> int:
        """Return the place of the last event; of an empty batch, of the one before it."""
        return self.first_seq + len(self.payloads) - 1

    def facts_after(self, seq: int) -> list[Fact]:
        """Decode the events beyond a place."""
        skipped = max(seq + 1 - self.first_seq, 0)
        rows = zip(self.payloads, self.hashes, self.signatures, self.values, strict=True)
        placed = list(enumerate(rows, self.first_seq))[skipped:]
        return [read_fact(place, *row) for place, row in placed]


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data by event: what matched its digest, as it came and as it reads; who did not."""

    kept: tuple[tuple[bytes, bytes, bytes], ...]
    read: Mapping[bytes, Private]
    wrong: frozenset[bytes]


def open_push(push: Push) -> Batch:
    """Take a push apart. Raises ChainBroken, KindUnknown."""
    if len(push.events) != len(push.signatures):
        raise ChainBroken("signatures")
    try:
        payloads = tuple(base64.b64decode(event, validate=True) for event in push.events)
        sidecars = {
            bytes.fromhex(one.event_id): (_bytes(one.salt), _bytes(one.data))
            for one in push.sidecars
        }
    except binascii.Error as malformed:
        raise ChainBroken("base64") from malformed
    values = tuple(map(parse, payloads))
    _ensure_understood(values)
    signatures = tuple(bytes.fromhex(one) for one in push.signatures)
    prev = bytes.fromhex(push.prev_hash)
    return Batch(
        push.first_seq, prev, payloads, values, _hashes(push, payloads), signatures, sidecars
    )


def personal(facts: Sequence[Fact], sidecars: Mapping[bytes, tuple[bytes, bytes]]) -> Personal:
    """Check sidecars against the digests of their events. A missing one was erased: no fault."""
    kept: list[tuple[bytes, bytes, bytes]] = []
    read: dict[bytes, Private] = {}
    wrong = set()
    for fact in facts:
        if fact.id is None or fact.id not in sidecars:
            continue
        salt, data = sidecars[fact.id]
        told = _read(data) if fact.private == private_digest(salt, data) else None
        if told is None:
            wrong.add(fact.id)
            continue
        kept.append((fact.id, salt, data))
        read[fact.id] = told
    return Personal(tuple(kept), read, frozenset(wrong))


def _ensure_understood(values: Sequence[object]) -> None:
    unknown = tuple(dict.fromkeys(kind for kind in map(unknown_kind, values) if kind))
    if unknown:
        raise KindUnknown(unknown, dict(KINDS))


def _hashes(push: Push, payloads: Sequence[bytes]) -> tuple[bytes, ...]:
    node, previous = NodeId(UUID(push.node)), bytes.fromhex(push.prev_hash)
    chain = []
    for seq, payload in enumerate(payloads, push.first_seq):
        previous = chain_hash(node, push.epoch, seq, previous, payload)
        chain.append(previous)
    return tuple(chain)


def _read(data: bytes) -> Private:
    try:
        told = json.loads(data)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
