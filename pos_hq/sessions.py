"""How a terminal proves who it is: it signs what HQ made up a moment ago, once."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from pos_app.ids import NodeId
from pos_app.security.signing import verify
from pos_app.sync.seals import session_digest
from pos_app.sync.wire import Challenge, ChallengeAsk, Place, Session, SessionAsk
from pos_hq import cases, restoration
from pos_hq.facts import NodeRevoked, NotAuthorised
from pos_hq.hq import Hq
from pos_hq.store import session_rows
from pos_hq.store.session_rows import Enrolment, Opening

CHALLENGE_S = 60
SESSION_S = 15 * 60
_TOKEN_BYTES = 32
# A challenge is when it was made, randomness, and HQ's seal over both and the node.
_STAMP, _RANDOM, _SEAL = 8, 8, 16
_TAG = b"MTC1"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom HQ is talking to. Status: active, quarantined, or orphaned where the epoch is over.

    `public_key` signs what it sends: the node's own, or that of a salvage, which is given nothing.
    """

    node: NodeId
    epoch: int
    store: str
    public_key: bytes
    status: str


def challenge(hq: Hq, ask: ChallengeAsk) -> Challenge:
    """Return bytes to be signed within a minute.

    Nothing is kept and nothing is told: who asks has proved nothing yet.
    """
    made = hq.now_ms().to_bytes(_STAMP, "big") + secrets.token_bytes(_RANDOM)
    sealed = made + _seal(hq, UUID(ask.node), made)
    return Challenge(challenge=sealed.hex(), expires_in_s=CHALLENGE_S)


def open_session(hq: Hq, ask: SessionAsk) -> Session:
    """Give a token for a signed challenge; it works for this node and epoch only, 15 minutes.

    Raises NotAuthorised alike for an unknown node, a wrong signature, and a challenge that is not
    ours, too old, or was answered before. Raises NodeRevoked for who has proved to be shut out.
    A node that had been silent for too long is no longer (STALE_NODE); one that was acknowledged
    more than HQ holds shows that HQ was restored (RESTORED_UNSAID); one whose own chain is not the
    one that HQ holds was restored itself (REWIND).
    """
    node, now = NodeId(UUID(ask.node)), hq.now_ms()
    expires_at = _ensure_fresh(hq, node, bytes.fromhex(ask.challenge))
    with hq.write() as book:
        known = session_rows.enrolment_of(book, node, ask.epoch)
        if known is None:
            raise NotAuthorised
        signer = _signer(known, ask, now)
        if not session_rows.use_challenge(book, bytes.fromhex(ask.challenge), node, expires_at):
            raise NotAuthorised
        _ensure_welcome(known)
        cases.settle(book, "STALE_NODE", now, node.hex)
        if ask.acked_seq > known.acked_seq:
            restoration.unsaid(hq, book, (node.hex, ask.epoch), known.acked_seq, ask.acked_seq)
        if ask.head is not None:
            restoration.compare(hq, book, known, ask.head)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        by = None if signer == known.public_key else signer
        opening = Opening(_hash(token), now + SESSION_S * 1000, by)
        session_rows.begin(book, known, opening, now)
        return Session(
            token=token,
            expires_in_s=SESSION_S,
            known=restoration.known_place(known),
            incarnation=hq.incarnation(book),
            time=now,
        )


def caller_of(hq: Hq, token: str) -> Caller:
    """Return whose token this is. Raises NotAuthorised, NodeRevoked.

    A terminal that was shut out a moment ago is shut out, whatever token it has.
    """
    with hq.read() as book:
        found = session_rows.enrolment_of_token(book, _hash(token), hq.now_ms())
    if found is None:
        raise NotAuthorised
    known, salvage = found
    _ensure_welcome(known)
    return caller(known, salvage)


def caller(known: Enrolment, salvage: bytes | None = None) -> Caller:
    """Return an enrolled epoch of a terminal as somebody who speaks; `salvage` speaks for it."""
    alive = known.epoch == known.living and salvage is None
    status = known.status if alive else "orphaned"
    return Caller(known.node, known.epoch, known.store, salvage or known.public_key, status)


def chain_of(hq: Hq, caller: Caller) -> Place:
    """Return how far HQ holds the caller's chain."""
    with hq.read() as book:
        known = session_rows.enrolment_of(book, caller.node, caller.epoch)
    assert known is not None, "an enrolment is never deleted"
    return restoration.known_place(known)


def _ensure_fresh(hq: Hq, node: UUID, sealed: bytes) -> int:
    """Return until when a challenge may be answered. Raises NotAuthorised."""
    made, seal = sealed[: _STAMP + _RANDOM], sealed[_STAMP + _RANDOM :]
    expires_at = int.from_bytes(made[:_STAMP], "big") + CHALLENGE_S * 1000
    if not hmac.compare_digest(seal, _seal(hq, node, made)) or hq.now_ms() >= expires_at:
        raise NotAuthorised
    return expires_at


def _seal(hq: Hq, node: UUID, made: bytes) -> bytes:
    key = hmac.digest(hq.pepper, _TAG, hashlib.sha256)  # the pepper itself is for PINs alone
    return hmac.digest(key, node.bytes + made, hashlib.sha256)[:_SEAL]


def _signer(known: Enrolment, ask: SessionAsk, now: int) -> bytes:
    """Return which of the keys that may speak for this chain has signed. Raises NotAuthorised."""
    digest = session_digest(ask.node, ask.epoch, ask.challenge)
    salvage = known.salvage_key if now < known.salvage_until else None
    for key in (known.public_key, salvage):
        if key is not None and verify(key, digest, bytes.fromhex(ask.signature)):
            return key
    raise NotAuthorised


def _ensure_welcome(known: Enrolment) -> None:
    if known.status == "revoked":
        raise NodeRevoked


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
