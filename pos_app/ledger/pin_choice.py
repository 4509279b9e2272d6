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
    weak_pin,
)


@dataclass(eq=False)
class PinWeak(PosError):
    """The PIN would be among the first that a thief tries."""

    reason: WeakPin


def new_verifier(ledger: Ledger, pin: str) -> str:
    """Return the verifier of an operator's PIN, for this terminal.

    Raises PinWeak. Slow: call it before the transaction.
    """
    return hash_pin(pin, ledger.pepper, _strong(ledger, pin, NOBODY))


def member_verifier(ledger: Ledger, pin: str, owner: KnownOfOwner) -> str:
    """Return the verifier of a member's PIN, for every terminal of the chain.

    Raises PinWeak. Slow: call it before the transaction.
    """
    return ledger.peppers.verifier(pin, _strong(ledger, pin, owner))


def _strong(ledger: Ledger, pin: str, owner: KnownOfOwner) -> PinRules:
    """Return the rules that a PIN keeps to. Raises PinWeak."""
    rules = pin_rules(ledger.programme)
    weakness = weak_pin(pin, rules, owner)
    if weakness is not None:
        raise PinWeak(reason=weakness)
    return rules


def owner_of(phone: str, born: Birthday | None) -> KnownOfOwner:
    """Return what of a member may not be their PIN."""
    if born is None:
        return KnownOfOwner(phone=phone)
    return KnownOfOwner(born.year, born.month, born.day, phone)


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
