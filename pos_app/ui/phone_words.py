"""Phone numbers as people read them."""

from __future__ import annotations

_MOBILE_DIGITS = 11


def spaced(phone: str) -> str:
    """Return a mainland number, masked or not, in groups: "138 **** 0217"."""
    bare = phone.removeprefix("+86")
    if len(bare) != _MOBILE_DIGITS:
        return phone
    return f"{bare[:3]} {bare[3:7]} {bare[7:]}"
