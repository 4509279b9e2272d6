"""Goods whose price is partly points: 990 points and 9.90 yuan (PTS-03)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pos_app.ledger.rules.points import points_value
from pos_app.ledger.rules.programme import Programme
from pos_app.money import Money, Points


class PriceReason(StrEnum):
    """Why a price in points cannot be paid."""

    NONE = ""
    IN_DEBT = "in_debt"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class MixedPrice:
    """A price of two parts, for one unit or for many; neither stands for the other.

    It is a price and no deduction: the share, step and minimum of a redemption do not apply to it.
    """

    points: Points
    cash: Money

    def times(self, quantity: int) -> Self:
        """Return the price of so many units, which is also what comes back with them."""
        return type(self)(self.points.times(quantity), self.cash.times(quantity))


@dataclass(frozen=True, slots=True)
class PriceAnswer:
    """Whether the points part can be paid, and how many points are missing."""

    reason: PriceReason
    missing: Points


def worth(price: MixedPrice, programme: Programme) -> Money:
    """Return what the price is worth in money."""
    return points_value(price.points, programme) + price.cash


def can_pay(price: MixedPrice, usable: Points, debt: Points) -> PriceAnswer:
    """Say whether a member can pay the points part; who owes points redeems none."""
    if debt and price.points:
        return PriceAnswer(PriceReason.IN_DEBT, debt)
    missing = max(price.points - usable, Points())
    return PriceAnswer(PriceReason.BALANCE if missing else PriceReason.NONE, missing)
