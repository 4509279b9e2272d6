"""Sealing: an envelope that only one reader opens, and records under a key of one's own.

X25519 (RFC 7748), HKDF with SHA-256 (RFC 5869) and ChaCha20-Poly1305 (RFC 8439).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pos_app.errors import PosError

_ENVELOPE = b"MTE2"
_KEY, _NONCE = 32, 12


@dataclass(eq=False)
class SealBroken(PosError):
    """What was sealed does not open: another key, another purpose, or damaged."""


def public_half(private: bytes) -> bytes:
    """Return the key to which others seal envelopes, 32 bytes."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal_for(reader: bytes, secret: bytes, *, about: bytes) -> bytes:
    """Put a secret into an envelope that only the private half of `reader` opens.

    `about` is bound to it: an envelope that was moved to something else does not open there.
    """
    once = X25519PrivateKey.generate()
    sender = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(reader))
    cipher = ChaCha20Poly1305(_derived(shared, _ENVELOPE + sender + reader))
    return sender + cipher.encrypt(bytes(_NONCE), secret, about)  # the key is used this once


def unseal(private: bytes, envelope: bytes, *, about: bytes) -> bytes:
    """Return what an envelope holds. Raises SealBroken."""
    mine = X25519PrivateKey.from_private_bytes(private)
    sender, sealed = envelope[:_KEY], envelope[_KEY:]
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(sender))
        purpose = _ENVELOPE + sender + mine.public_key().public_bytes_raw()
        return ChaCha20Poly1305(_derived(shared, purpose)).decrypt(bytes(_NONCE), sealed, about)
    except (InvalidTag, ValueError) as broken:
        raise SealBroken from broken


class RecordSeal:
    """Seals records under a key that is derived from another and serves this purpose alone."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes, purpose: bytes) -> None:
        self._cipher = ChaCha20Poly1305(_derived(key, purpose))

    def close(self, plain: bytes, about: bytes) -> bytes:
        """Return the record, sealed and bound to `about`."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """Return what a record holds. Raises SealBroken."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
        except (InvalidTag, ValueError) as broken:
            raise SealBroken from broken


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, salt=None, info=purpose).derive(secret)
