"""What members own by name: lots, coupons, cards, and the record of the document they showed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lot:
    """Stored value as it was bought."""

    id: str
    member: str
    at: int
    paid: int
    bonus: int


@dataclass(frozen=True, slots=True)
class Card:
    """A number of an account: active, lost, replaced, or void because it was another's already.

    `block`: the loss report that holds; without a number its sidecar was erased.
    """

    id: str
    member: str
    number: str | None
    form: str
    state: str
    since: int
    block: str | None = None


@dataclass(frozen=True, slots=True)
class RealName:
    """That a document was shown, by event; what it said is sealed for HQ, or for one till."""

    event: str
    member: str
    taken_at: int
    kept_until: str
    sealed_for: str
    sealed: bytes

    @property
    def readable(self) -> bool:
        """Say whether HQ can open it."""
        return self.sealed_for == "hq"


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon as it was issued, or as it was given back."""

    id: str
    member: str
    template: str
    valid_from: str
    valid_until: str
