"""What a terminal pushed, decoded from its exact bytes and trusted in nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from pos_app.ledger.rules.forms import FORMS, Form, filled

FORMAT = 1
# Every kind that this HQ understands, and its newest version. Old ones are understood for ever.
KINDS = {
    "NODE_OPEN": 1,
    "PROGRAMME": 1,
    "BENEFITS": 1,
    "OPERATOR_NEW": 1,
    "OPERATOR_EDIT": 1,
    "SIGN_IN": 1,
    "SIGN_IN_FAIL": 1,
    "MEMBER_NEW": 1,
    "MEMBER_EDIT": 1,
    "MEMBER_STATUS": 1,
    "MEMBER_TIER": 1,
    "PIN_SET": 1,
    "PIN_FAIL": 1,
    "PIN_PASS": 1,
    "COUPON_ISSUE": 1,
    "REAL_NAME": 1,
    "CARD_ISSUE": 1,
    "CARD_LOSS": 1,
    "CARD_FOUND": 1,
    "CARD_REPLACE": 1,
    "TOPUP": 1,
    "SALE": 1,
    "VOID": 1,
    "REFUND": 1,
    "ACCOUNT_CLOSE": 1,
    "NOTE": 1,
    "GOT": 1,
    "RETURN": 1,
    "DAY_CLOSE": 1,
    "ALERT_CLOSE": 1,
    "NODE_CLOSE": 1,
}
# The maps inside a body that HQ reads: the units of a sale need not be filled for it.
_READ_HERE = {"earned", "legs", "taken_back"}
_FORMS = {
    kind: Form(form.usual, {name: form.inner[name] for name in form.inner.keys() & _READ_HERE})
    for kind, form in FORMS.items()
}
LARGEST_AMOUNT = 10**12
_LARGEST = 1 << 53


class Stored(NamedTuple):
    """An event's place and its exact bytes."""

    seq: int
    payload: bytes
    hash: bytes
    sig: bytes


class Unreadable(ValueError):
    """A signed payload that is not an event; it is kept, and not posted."""


@dataclass(frozen=True, slots=True)
class Move:
    """A count of one unit from one account to another, as the terminal named them."""

    source: str
    target: str
    unit: str
    amount: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One event of a node's chain. `fault` says why it could not be read; then it moves nothing."""

    seq: int
    payload: bytes
    hash: bytes
    sig: bytes
    id: bytes | None
    kind: str
    at: int
    day: str
    rules: str
    member: str | None
    of: bytes | None
    body: Mapping[str, Any]
    moves: tuple[Move, ...]
    private: str | None
    fault: str = ""


def parse(payload: bytes) -> object:
    """Return what the bytes say; None where they are not JSON."""
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None


def unknown_kind(value: object) -> str | None:
    """Return what an older HQ cannot understand: it must be upgraded before this is pushed."""
    if not isinstance(value, dict):
        return None
    version, kind = value.get("v"), value.get("kind")
    if isinstance(version, int) and version > FORMAT:
        return f"v{version}"
    return kind[:40] if isinstance(kind, str) and kind not in KINDS else None


def read_fact(seq: int, payload: bytes, digest: bytes, sig: bytes, value: object = None) -> Fact:
    """Read a payload, or the `value` parsed from it.

    Bytes that nobody should have signed become a fact with a fault.
    """
    said = parse(payload) if value is None else value
    try:
        return _decoded(Stored(seq, payload, digest, sig), said)
    except (LookupError, TypeError, ValueError, AttributeError) as wrong:
        fault = f"{type(wrong).__name__}: {wrong}"[:200]
        return Fact(
            seq, payload, digest, sig, None, "?", 0, "", "", None, None, {}, (), None, fault
        )


def _decoded(stored: Stored, value: Any) -> Fact:  # noqa: ANN401 -- decoded JSON
    body, private = value["body"], value.get("private")
    if value["v"] != FORMAT or not isinstance(body, dict):
        raise Unreadable("format")
    kind = str(value["kind"])
    return Fact(
        seq=stored.seq,
        payload=stored.payload,
        hash=stored.hash,
        sig=stored.sig,
        id=UUID(value["id"]).bytes,
        kind=kind,
        at=whole(value["at"]),
        day=date.fromisoformat(value["day"]).isoformat(),
        rules=str(value["rules"]),
        member=UUID(value["member"]).hex if "member" in value else None,
        of=UUID(value["of"]).bytes if "of" in value else None,
        body=_filled(kind, body),
        moves=tuple(_move(*move) for move in value["moves"]),
        private=None if private is None else str(private),
    )


def _filled(kind: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put back what goes without saying, as far as HQ reads it."""
    form = _FORMS.get(kind)
    if form is None:
        return body
    try:
        return filled(body, form)
    except (LookupError, TypeError, ValueError, AttributeError):
        return body  # its transfers are good; whoever reads the rest finds out


def _move(source: object, target: object, unit: object, amount: object) -> Move:
    if not (isinstance(source, str) and isinstance(target, str) and isinstance(unit, str)):
        raise Unreadable("move")
    count = whole(amount)
    if not 0 < count < LARGEST_AMOUNT or source == target:
        raise Unreadable("amount")
    return Move(source, target, unit, count)


def whole(value: object) -> int:
    """Return an integer that fits every column. Raises Unreadable."""
    if type(value) is not int or not -_LARGEST < value < _LARGEST:
        raise Unreadable("whole number")
    return value


def text(value: object) -> str:
    """Return a text that both databases can keep."""
    return str(value).replace("\0", "").encode("utf-8", "replace").decode()[:2_000]
