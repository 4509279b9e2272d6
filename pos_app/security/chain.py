"""The chain: what links an event to all before it, and what it may carry of a person."""

import hashlib

from pos_app.ids import NodeId

NO_HASH = bytes(32)
_CHAIN_TAG = b"MTJ1"


def chain_hash(node: NodeId, epoch: int, seq: int, previous: bytes, payload: bytes) -> bytes:
    """Link a payload to all that went before it in this node's epoch."""
    place = node.bytes + epoch.to_bytes(4, "big") + seq.to_bytes(8, "big")
    return hashlib.sha256(_CHAIN_TAG + place + previous + payload).digest()


def private_digest(salt: bytes, data: bytes) -> str:
    """Digest of personal data that the chain may carry: without the salt it says nothing."""
    return hashlib.sha256(salt + data).hexdigest()
