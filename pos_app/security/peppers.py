"""Peppers: which of them a verifier was made with, and which of them this machine has.

They are never in a database: whoever steals a ledger file has nothing to try PINs against.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from pos_app.security.pin import PinRules, hash_pin, pin_matches


@dataclass(frozen=True, slots=True)
class Peppers:
    """The terminal's own pepper, and its chain's from the moment it has joined one.

    A verifier made with the chain's says so, before what Argon2id wrote; one that says nothing was
    made with the pepper of the terminal at which it was set, and only that terminal can check it.
    """

    own: bytes = field(repr=False)
    chain: bytes | None = field(default=None, repr=False)

    def verifier(self, pin: str, rules: PinRules) -> str:
        """Return what checks this PIN at every terminal of the chain; alone, at this one."""
        if self.chain is None:
            return hash_pin(pin, self.own, rules)
        return _mark(self.chain) + hash_pin(pin, self.chain, rules)

    def can_check(self, verifier: str) -> bool:
        """Say whether the pepper is here that the verifier was made with."""
        return self._pepper_of(verifier) is not None

    def matches(self, verifier: str, pin: str) -> bool:
        """Say whether the verifier was made of this PIN. As slow as making it."""
        pepper = self._pepper_of(verifier)
        assert pepper is not None, "only what can be checked is checked"
        return pin_matches(verifier[verifier.index("$") :], pin, pepper)

    def is_latest(self, verifier: str) -> bool:
        """Say whether a PIN set now would be checked just as widely."""
        return self.chain is None or is_made_with(verifier, self.chain)

    def _pepper_of(self, verifier: str) -> bytes | None:
        if verifier.startswith("$"):
            return self.own
        return self.chain if self.is_latest(verifier) else None


def is_made_with(verifier: str, pepper: bytes) -> bool:
    """Say whether a verifier names this pepper of a chain."""
    return verifier.startswith(f"{_mark(pepper)}$")


def tag_of(verifier: str) -> str:
    """Return what tells one verifier from another, and nothing of the PIN without its salt."""
    return hashlib.sha256(verifier.encode()).hexdigest()[:16] if verifier else ""


def _mark(pepper: bytes) -> str:
    """Return the name of a pepper, from which it cannot be learnt."""
    return hmac.digest(pepper, b"which pepper", "sha256")[:4].hex()
