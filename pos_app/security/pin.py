"""PINs: choosing one that is not guessed, and keeping only what can check it."""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from argon2.exceptions import VerifyMismatchError
from argon2.low_level import ARGON2_VERSION, Type, hash_secret, verify_secret

from pos_app.security.common_pins import COMMON_PINS


class WeakPin(StrEnum):
    """Why a PIN may not be chosen."""

    NOT_DIGITS = "not_digits"
    REPEATED = "repeated"
    ASCENDING = "ascending"
    DESCENDING = "descending"
    BIRTHDAY = "birthday"
    PHONE_TAIL = "phone_tail"
    TOP_LIST = "top_list"


@dataclass(frozen=True, slots=True)
class PinRules:
    """The cost of one check and the choices refused, as the programme sets them."""

    digits: int
    m_kib: int
    t: int
    p: int
    salt_bytes: int
    tag_bytes: int
    blocklist: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownOfOwner:
    """What a thief would try first: birthday parts (any may be missing) and phone digits."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    phone: str = ""


NOBODY = KnownOfOwner()


def hash_pin(pin: str, pepper: bytes, rules: PinRules) -> str:
    """Return the verifier: Argon2id (RFC 9106) over the PIN mixed with the terminal's pepper.

    Takes tens of milliseconds and megabytes on purpose: never inside a write transaction.
    """
    return hash_secret(
        _peppered(pin, pepper),
        secrets.token_bytes(rules.salt_bytes),
        time_cost=rules.t,
        memory_cost=rules.m_kib,
        parallelism=rules.p,
        hash_len=rules.tag_bytes,
        type=Type.ID,
    ).decode("ascii")


def pin_matches(verifier: str, pin: str, pepper: bytes) -> bool:
    """Say whether the verifier was made of this PIN. As slow as making it."""
    try:
        return verify_secret(verifier.encode("ascii"), _peppered(pin, pepper), Type.ID)
    except VerifyMismatchError:
        return False


def decoy_verifier(rules: PinRules) -> str:
    """Return a verifier that no PIN matches and that costs as much to check as a real one."""
    salt, tag = secrets.token_bytes(rules.salt_bytes), secrets.token_bytes(rules.tag_bytes)
    cost = f"m={rules.m_kib},t={rules.t},p={rules.p}"
    return f"$argon2id$v={ARGON2_VERSION}${cost}${_unpadded(salt)}${_unpadded(tag)}"


def weak_pin(pin: str, rules: PinRules, owner: KnownOfOwner = NOBODY) -> WeakPin | None:
    """Return why this PIN may not be chosen, or None."""
    if len(pin) != rules.digits or not (pin.isascii() and pin.isdigit()):
        return WeakPin.NOT_DIGITS
    weaknesses = {
        WeakPin.REPEATED: _repeats(pin),
        WeakPin.ASCENDING: _runs(pin, step=1),
        WeakPin.DESCENDING: _runs(pin, step=-1),
        WeakPin.BIRTHDAY: _holds_birthday(pin, owner),
        WeakPin.PHONE_TAIL: pin in owner.phone,
        WeakPin.TOP_LIST: pin in COMMON_PINS,
    }
    found = (reason for reason, holds in weaknesses.items() if holds and reason in rules.blocklist)
    return next(found, None)


def _repeats(pin: str) -> bool:
    """One, two or three digits over and over: 888888, 272727, 520520."""
    return any(pin == (pin[:width] * len(pin))[: len(pin)] for width in (1, 2, 3))


def _runs(pin: str, *, step: int) -> bool:
    return all((int(later) - int(earlier)) % 10 == step % 10 for earlier, later in pairwise(pin))


def _holds_birthday(pin: str, owner: KnownOfOwner) -> bool:
    if owner.month is None or owner.day is None:
        return False
    month, day = f"{owner.month:02}", f"{owner.day:02}"
    if any(pin.startswith(part) or pin.endswith(part) for part in (month + day, day + month)):
        return True
    if owner.year is None:
        return False
    year = str(owner.year)
    short = f"{year}{owner.month}{owner.day}"
    return pin in (year + month, year + day, month + year, day + year, short, short[2:])


def _peppered(pin: str, pepper: bytes) -> bytes:
    return hmac.digest(pepper, pin.encode("utf-8", "surrogatepass"), "sha256")


def _unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).rstrip(b"=").decode("ascii")
