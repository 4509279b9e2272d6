"""What is hashed and signed on the wire, so that neither side can deny what it said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

_SESSION = b"MTS1"
_BODY = b"MTB1"
_ACK = b"MTA1"
_GRANT = b"MTG1"


def session_digest(node: str, epoch: int, challenge: str) -> bytes:
    """Digest that a terminal signs to open a session."""
    place = bytes.fromhex(node) + epoch.to_bytes(4, "big")
    return hashlib.sha256(_SESSION + place + bytes.fromhex(challenge)).digest()


def body_digest(body: bytes) -> bytes:
    """Digest of a request body that a terminal signs: events and grants are its word."""
    return hashlib.sha256(_BODY + body).digest()


def ack_digest(ack: Mapping[str, object]) -> bytes:
    """Digest of an acknowledgement that HQ signs: node, epoch, acked place, incarnation, time."""
    told = ("node", "epoch", "acked_seq", "acked_hash", "incarnation", "time")
    return _digest(_ACK, {name: ack[name] for name in told})


def grant_digest(grant: Mapping[str, object]) -> bytes:
    """Digest of a grant that HQ signs: all of it but the signature."""
    return _digest(_GRANT, {name: value for name, value in grant.items() if name != "signature"})


def _digest(tag: bytes, told: Mapping[str, object]) -> bytes:
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(tag + text.encode()).digest()
