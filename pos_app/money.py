"""Whole amounts of one unit, and the only ways to divide them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from pos_app.errors import PosError

LARGEST_ENTRY_FEN = 99_999_999
_ENTRY = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)


@dataclass(eq=False)
class NotAnAmount(PosError):
    """Typed or pasted text is not a sum of money that this terminal takes."""

    text: str


@dataclass(frozen=True, slots=True, order=True)
class BasisPoints:
    """A rate in hundredths of a percent."""

    value: int


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A count of indivisible units. Only amounts of the same class may meet."""

    minor: int = 0

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return type(self)(self.minor + other.minor)

    def __sub__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return type(self)(self.minor - other.minor)

    def __neg__(self) -> Self:
        return type(self)(-self.minor)

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, count: int) -> Self:
        """Return this amount `count` times."""
        return type(self)(self.minor * count)

    def floor_bp(self, rate: BasisPoints) -> Self:
        """Return the share at `rate`, floored to a whole unit."""
        return type(self)(self.minor * rate.value // 10_000)

    def allocate(self, weights: Sequence[int]) -> tuple[Self, ...]:
        """Split by weight without losing a unit (RND-A, largest remainder, ties to the lower row).

        All weights zero: nothing may be allocated, so the amount must be zero too.
        """
        total = sum(weights)
        if total == 0:
            assert self.minor == 0, "an amount cannot be allocated over nothing"
            return tuple(type(self)() for _ in weights)
        shares = [self.minor * weight // total for weight in weights]
        order = sorted(
            range(len(shares)), key=lambda row: (-(self.minor * weights[row] % total), row)
        )
        for row in order[: self.minor - sum(shares)]:
            shares[row] += 1
        return tuple(type(self)(share) for share in shares)


class Money(Amount):
    """An amount of CNY, counted in fen."""

    __slots__ = ()


class Points(Amount):
    """Membership points; there is no half point."""

    __slots__ = ()


class Growth(Amount):
    """Growth value, which lifts a member to a tier and is never spent."""

    __slots__ = ()


def total_of(amounts: Sequence[Money]) -> Money:
    """Return the sum; an empty sum is zero."""
    return Money(sum(amount.minor for amount in amounts))


def parse_money(text: str) -> Money:
    """Read a sum in yuan as a person types or pastes it, at most 999,999.99.

    Accepts surrounding blanks, thousands commas and a leading yuan sign.
    Raises NotAnAmount for anything else, a sign and a third decimal included.
    """
    cleaned = text.strip().lstrip("¥￥").strip().replace(",", "")
    found = _ENTRY.fullmatch(cleaned)
    if found is None:
        raise NotAnAmount(text)
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if fen > LARGEST_ENTRY_FEN:
        raise NotAnAmount(text)
    return Money(fen)
