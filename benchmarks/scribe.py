"""A terminal's pen: members and orders written fast, as a chain that HQ takes for a till's."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from uuid import UUID

from benchmarks.head_office import Branch, keys_of
from benchmarks.history import Example
from benchmarks.pattern import Pattern, Place
from benchmarks.population import members
from pos_app.ids import new_id
from pos_app.ledger.link import link_state
from pos_app.ledger.store.event import milliseconds
from pos_app.ledger.store.journal import head_of
from pos_app.security.chain import chain_hash, private_digest
from pos_app.security.signing import Signer
from pos_app.sync.wire import PROTO_MAX, Push, Sidecar


@dataclass(frozen=True, slots=True)
class Written:
    """One event: its exact bytes, its signature, and personal data beside it."""

    payload: bytes
    signature: bytes
    sidecar: tuple[bytes, bytes, bytes] | None = None


class Scribe:
    """Goes on with the chain of a terminal whose own book HQ holds to its end."""

    def __init__(self, branch: Branch, terminal: str, example: Example) -> None:
        head = head_of(branch.ledger.read())
        self._node = branch.ledger.node
        self._incarnation = link_state(branch.ledger).incarnation
        self._signer = Signer(keys_of(terminal).node)
        self._seq, self._hash = head.seq, head.hash
        self._sent, self._sent_hash = head.seq, head.hash
        self._example = example
        self._at = milliseconds(branch.ledger.now())
        self._day = branch.ledger.today().isoformat()
        self._unsent: list[Written] = []
        self._buyers: Iterator[tuple[UUID, UUID]] = iter(())

    def register(self, count: int) -> None:
        """Write that so many members joined and topped up."""
        made = []
        for person in members(count):
            lot = new_id()
            self._enrol(person.id, person.number, person.phone, person.name)
            self._write(self._moulded(self._example.top_up, person.id, lot))
            made.append((person.id, lot))
        self._buyers = cycle(made)

    def order(self, count: int) -> None:
        """Write that the next of them ordered, one after the other."""
        for member, lot in islice(self._buyers, count):
            self._write(self._moulded(self._example.order, member, lot))

    def pushes(self, most: int) -> Iterator[Push]:
        """Yield what was written, in batches of so many."""
        unsent, self._unsent = self._unsent, []
        for first in range(0, len(unsent), most):
            yield self._push(unsent[first : first + most])

    def _push(self, some: list[Written]) -> Push:
        first, before = self._sent + 1, self._sent_hash
        for one in some:
            self._sent += 1
            self._sent_hash = self._chained(self._sent, self._sent_hash, one.payload)
        return Push(
            proto=PROTO_MAX,
            node=self._node.id.hex,
            epoch=self._node.epoch,
            incarnation=self._incarnation,
            first_seq=first,
            prev_hash=before.hex(),
            head_seq=self._sent,
            events=tuple(_text(one.payload) for one in some),
            signatures=tuple(one.signature.hex() for one in some),
            sidecars=tuple(_sidecar(*one.sidecar) for one in some if one.sidecar),
        )

    def _enrol(self, member: UUID, number: str, phone: str, name: str) -> None:
        event, salt = new_id(), new_id().bytes
        person = {"phone": phone, "name": name, "gender": "", "card": None, "note": ""}
        data = json.dumps(person, ensure_ascii=False, sort_keys=True).encode()
        value = {
            "v": 1, "id": event.hex, "kind": "MEMBER_NEW", "at": self._at, "day": self._day,
            "rules": "", "body": {"number": number, "tier": "BASE", "terms": "2026-01"},
            "moves": [], "member": member.hex, "private": private_digest(salt, data),
        }  # fmt: skip
        payload = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
        self._write(payload, (event.bytes, salt, data))

    def _moulded(self, pattern: Pattern, member: UUID, lot: UUID) -> bytes:
        named = (new_id(), new_id(), member, lot)
        return pattern.payload_at(Place(self._seq + 1, *named, self._at, self._day, {}))

    def _write(self, payload: bytes, sidecar: tuple[bytes, bytes, bytes] | None = None) -> None:
        self._seq += 1
        self._at += 1
        self._hash = self._chained(self._seq, self._hash, payload)
        self._unsent.append(Written(payload, self._signer.sign(self._hash), sidecar))

    def _chained(self, seq: int, before: bytes, payload: bytes) -> bytes:
        return chain_hash(self._node.id, self._node.epoch, seq, before, payload)


def _sidecar(event: bytes, salt: bytes, data: bytes) -> Sidecar:
    return Sidecar(event_id=event.hex(), salt=_text(salt), data=_text(data))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
