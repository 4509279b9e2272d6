"""The seal of this terminal: Ed25519 signatures over the chain's hashes (RFC 8032)."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class Signer:
    """Holds the private half of the node's key and never shows it."""

    __slots__ = ("_key", "public_key")

    def __init__(self, seed: bytes) -> None:
        """Make the key pair of a 32-byte seed; the same seed always makes the same pair."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key: bytes = self._key.public_key().public_bytes_raw()

    def sign(self, digest: bytes) -> bytes:
        """Return the 64-byte signature of `digest`; equal digests have equal signatures."""
        return self._key.sign(digest)


def verify(public: bytes, digest: bytes, signature: bytes) -> bool:
    """Say whether the owner of `public` signed `digest`. A malformed key or signature did not."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, digest)
    except (InvalidSignature, ValueError):
        return False
    return True
