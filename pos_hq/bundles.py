"""Bundles: what a terminal has not been able to push, carried here in a file."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from uuid import UUID

from pydantic import ValidationError

from pos_app.errors import PosError
from pos_app.ids import NodeId
from pos_app.security.hq_envelope import opened_by_hq
from pos_app.security.sealing import SealBroken
from pos_app.security.signing import verify
from pos_app.sync.seals import body_digest
from pos_app.sync.wire import BUNDLE_TAG, Bundle
from pos_hq import inflow, sessions
from pos_hq.facts import NodeUnknown, SignatureWrong
from pos_hq.hq import Hq
from pos_hq.sessions import Caller
from pos_hq.store import session_rows

_SIGNATURE = 64


@dataclass(eq=False)
class BundleUnreadable(PosError):
    """The file is no bundle, or it was sealed for another HQ, or it is damaged."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How far HQ holds a chain, and how many of a bundle's events were new."""

    node: str
    epoch: int
    acked_seq: int
    new: int


def take(hq: Hq, seed: bytes, data: bytes) -> Taken:
    """Take a bundle in as if its terminal had pushed it; taking it twice changes nothing.

    `seed` is that of HQ's signing key. What was shut out, or is suspected, is kept and not applied.
    Raises BundleUnreadable, NodeUnknown, SignatureWrong, and like `inflow.receive`.
    """
    signature, body = _opened(seed, data)
    try:
        bundle = Bundle.model_validate_json(body)
    except ValidationError as strange:
        raise BundleUnreadable from strange
    caller = _caller(hq, bundle)
    if not verify(caller.public_key, body_digest(body), signature):
        raise SignatureWrong
    with hq.read() as book:
        incarnation = hq.incarnation(book)
    new, acked = 0, 0
    for push in bundle.pushes:
        current = push.model_copy(update={"incarnation": incarnation})
        ack = inflow.receive(hq, caller, current)
        new += sum(result.status != "duplicate" for result in ack.results)
        acked = ack.acked_seq
    return Taken(bundle.node, bundle.epoch, acked, new)


def _opened(seed: bytes, data: bytes) -> tuple[bytes, bytes]:
    sealed = data.removeprefix(BUNDLE_TAG)
    try:
        plain = gzip.decompress(opened_by_hq(sealed, seed, about=BUNDLE_TAG))
    except (SealBroken, OSError, EOFError, zlib.error) as broken:
        raise BundleUnreadable from broken
    return plain[:_SIGNATURE], plain[_SIGNATURE:]


def _caller(hq: Hq, bundle: Bundle) -> Caller:
    node = NodeId(UUID(bundle.node))
    with hq.read() as book:
        known = session_rows.enrolment_of(book, node, bundle.epoch)
    if known is None:
        raise NodeUnknown
    return sessions.caller(known)
