"""Proving the book: what was checked, and the first thing that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from pos_app.ids import NodeId
from pos_app.ledger.store.book import EVIDENCE_LIFETIME, owners_of, value_spent
from pos_app.ledger.store.checks import Check, Checked, failed
from pos_app.ledger.store.columns_match import COLUMNS_MATCH
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, milliseconds, read_event
from pos_app.ledger.store.identities import IDENTITIES
from pos_app.security.chain import NO_HASH, chain_hash, private_digest
from pos_app.security.signing import verify as signed_by

# A chain that was cut short still holds together: HQ's word and expected slips tell where it ended.
_ENDS = (
    "SELECT node, epoch, acked_seq, acked_hash,"
    " (SELECT coalesce(max(seq), 0) FROM slip_state) FROM node_state"
)
_SIGNATURES = "SELECT seq, hash, sig FROM journal ORDER BY seq"
_HEAD_SIGNATURE = "SELECT seq, hash, sig FROM journal ORDER BY seq DESC LIMIT 1"
_PRIVATE = (
    "SELECT j.seq, j.payload, j.hash, s.salt, s.data FROM sidecar s"
    " LEFT JOIN journal j ON j.event_id = s.event_id ORDER BY j.seq"
)
_SPENDING = (
    "SELECT j.seq, j.payload, j.hash FROM journal j WHERE j.seq IN ("
    " SELECT t.seq FROM transfer t JOIN account s ON s.id = t.source"
    " JOIN account d ON d.id = t.target WHERE s.pocket IN ('P', 'B') AND d.code LIKE 'sales:%')"
    " ORDER BY j.seq"
)


def verify(book: Statements, *, public_key: bytes | None = None) -> Iterator[Checked]:
    """Run every check in order and yield each result, up to the first fault.

    Each check rests on those before it: the chain proves the payloads, the payloads prove what was
    derived. `public_key` is this terminal's own; without it the chain's first event names the key.
    """
    for check in _checks(public_key):
        result = check(book)
        yield result
        if result.fault is not None:
            return


def verify_journal(book: Statements, *, public_key: bytes | None) -> Iterator[Checked]:
    """Run the checks of what is kept, and of nothing derived from it."""
    yield _chain(book)
    yield _signed(book, "signatures", _SIGNATURES, public_key)
    yield _private(book)


def verify_head(book: Statements) -> Iterator[Checked]:
    """Run the quick half: the chain, whose last hash carries all before it, and its signature."""
    yield _chain(book)
    yield _signed(book, "head signature", _HEAD_SIGNATURE, None)


def _checks(public_key: bytes | None) -> Iterator[Check]:
    yield _chain
    yield lambda book: _signed(book, "signatures", _SIGNATURES, public_key)
    yield from COLUMNS_MATCH
    yield _private
    yield _evidence
    yield from IDENTITIES


def _chain(book: Statements) -> Checked:
    node, epoch, acked_seq, acked_hash, slip = book.execute(_ENDS).fetchone()
    node_id, previous, count = NodeId(UUID(bytes=node)), NO_HASH, 0
    for seq, payload, digest in book.execute("SELECT seq, payload, hash FROM journal ORDER BY seq"):
        count += 1
        if seq != count:
            return failed("chain", count, f"event {count}", f"the next event on disk is {seq}")
        previous = chain_hash(node_id, epoch, seq, previous, payload)
        if previous != digest:
            wrong = "the stored bytes do not give the stored hash"
            return failed("chain", count, f"event {seq}", wrong)
        if seq == acked_seq and digest != acked_hash:
            return failed("chain", count, f"event {seq}", "HQ has acknowledged another one")
    if count < max(acked_seq, slip, 1):
        return failed("chain", count, f"event {count + 1}", "the chain ends before it")
    return Checked("chain", count)


def _signed(book: Statements, check: str, which: str, public_key: bytes | None) -> Checked:
    opening = book.execute("SELECT payload, hash FROM journal WHERE seq = 1").fetchone()
    key = bytes.fromhex(read_event(1, *opening).body["key"])
    if public_key not in {None, key}:
        return failed(check, 1, "event 1", "the chain was opened with another terminal's key")
    count = 0
    for seq, digest, signature in book.execute(which):
        count += 1
        if not signed_by(key, digest, signature):
            return failed(check, count, f"event {seq}", "not signed by this terminal")
    return Checked(check, count)


def _private(book: Statements) -> Checked:
    """Check the personal data that is left; what was erased is not missed."""
    check, count = "personal data", 0
    for seq, payload, digest, salt, data in book.execute(_PRIVATE):
        count += 1
        if seq is None:
            return failed(check, count, "a sidecar", "it belongs to no event")
        if read_event(seq, payload, digest).private_digest != private_digest(salt, data):
            wrong = "the sidecar is not what the chain carries"
            return failed(check, count, f"event {seq}", wrong)
    return Checked(check, count)


def _evidence(book: Statements) -> Checked:
    count = 0
    for row in book.execute(_SPENDING):
        count += 1
        if not _proved(read_event(*row)):
            wrong = "stored value left without the member's factor"
            return failed("evidence", count, f"event {row[0]}", wrong)
    return Checked("evidence", count)


def _proved(event: Event) -> bool:
    proof, member, intent = event.body.get("evidence", {}), event.member, event.intent
    if member is None or intent is None or owners_of(event.transfers) != {member}:
        return False
    bound = (proof.get("member"), proof.get("amount"), proof.get("intent"))
    age = milliseconds(event.at) - proof.get("at", 0)
    spent = value_spent(event.transfers).minor
    in_time = 0 <= age <= EVIDENCE_LIFETIME.total_seconds() * 1000
    return in_time and bound == (member.hex, spent, intent.hex)
