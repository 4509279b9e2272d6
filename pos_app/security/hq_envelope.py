"""What only HQ can read: sealed to the one key of HQ that a terminal knows, and believes.

That key signs (Ed25519). Its point on the Montgomery curve is a key of X25519 (RFC 7748, section
4.1), and the scalar behind it is the hashed seed (RFC 8032, section 5.1.5), as age does with keys
of SSH. Both uses together are sound: Thormarker, https://eprint.iacr.org/2021/509.
"""

from __future__ import annotations

import hashlib

from pos_app.security.sealing import seal_for, unseal

_PRIME = 2**255 - 19
_SIGN_BIT = 1 << 255


def sealed_for_hq(plain: bytes, hq_public: bytes, *, about: bytes) -> bytes:
    """Seal bytes for the HQ that signs with this key; `about` is bound to them."""
    return seal_for(_montgomery(hq_public), plain, about=about)


def opened_by_hq(sealed: bytes, hq_seed: bytes, *, about: bytes) -> bytes:
    """Return what was sealed for the HQ of this seed. Raises SealBroken."""
    return unseal(hashlib.sha512(hq_seed).digest()[:32], sealed, about=about)


def _montgomery(edwards: bytes) -> bytes:
    y = int.from_bytes(edwards, "little") & ~_SIGN_BIT
    u = (1 + y) * pow(1 - y, -1, _PRIME) % _PRIME
    return u.to_bytes(32, "little")
