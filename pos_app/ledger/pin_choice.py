"""Choosing a PIN by the programme's rules."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.programme import Programme
from pos_app.security.pin import (
    NOBODY,
    KnownOfOwner,
    PinRules,
    WeakPin,
    hash_pin,
    pin_matches,
    weak_pin,
)


@dataclass(eq=False)
class PinWeak(PosError):
    """The PIN would be among the first that a thief tries."""

    reason: WeakPin


def new_verifier(ledger: Ledger, pin: str) -> str:
    """Return the verifier of an operator's PIN, which this terminal alone can check.

    Raises PinWeak. Slow: call it before the transaction.
    """
    return hash_pin(_strong(ledger, pin, NOBODY), ledger.pepper, pin_rules(ledger.programme))


def member_verifier(ledger: Ledger, pin: str, owner: KnownOfOwner) -> str:
    """Return the verifier of a member's PIN, which every terminal of the chain can check.

    Raises PinWeak. Slow: call it before the transaction.
    """
    rules = pin_rules(ledger.programme)
    return hash_pin(_strong(ledger, pin, owner), ledger.member_peppers[0], rules)


def is_pin_of_member(ledger: Ledger, verifier: str, pin: str) -> bool:
    """Check a member's PIN, which may be older than the chain that this terminal belongs to."""
    return any(pin_matches(verifier, pin, pepper) for pepper in ledger.member_peppers)


def owner_of(phone: str, born: Birthday | None) -> KnownOfOwner:
    """Return what of a member may not be their PIN."""
    if born is None:
        return KnownOfOwner(phone=phone)
    return KnownOfOwner(born.year, born.month, born.day, phone)


def _strong(ledger: Ledger, pin: str, owner: KnownOfOwner) -> str:
    weakness = weak_pin(pin, pin_rules(ledger.programme), owner)
    if weakness is not None:
        raise PinWeak(reason=weakness)
    return pin


def pin_rules(programme: Programme) -> PinRules:
    """Return the cost of a check and the choices refused, as the programme sets them."""
    rules = programme.second_factor.pin
    cost = rules.argon2id
    return PinRules(
        digits=rules.digits,
        m_kib=cost.m_kib,
        t=cost.t,
        p=cost.p,
        salt_bytes=cost.salt_bytes,
        tag_bytes=cost.tag_bytes,
        blocklist=rules.blocklist,
    )
