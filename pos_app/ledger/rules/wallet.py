"""Stored value by lot: what arrived together is spent and given back together."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ids import LotId
from pos_app.money import Money, total_of


@dataclass(eq=False)
class NotCovered(PosError):
    """More stored value is wanted than may be spent here."""

    wanted: Money
    usable_here: Money


@dataclass(frozen=True, slots=True)
class Lot:
    """Stored value of one top-up; tuples of lots run oldest first."""

    id: LotId
    principal: Money
    bonus: Money

    @property
    def total(self) -> Money:
        """Return principal and bonus together."""
        return self.principal + self.bonus


@dataclass(frozen=True, slots=True)
class LotSpend:
    """What is taken from one lot, or given back to it."""

    lot: LotId
    principal: Money
    bonus: Money


def balance_of(lots: Sequence[Lot]) -> Money:
    """Return what the lots hold together."""
    return total_of([lot.total for lot in lots])


def spend_lots(lots: Sequence[Lot], amount: Money) -> tuple[LotSpend, ...]:
    """Take an amount, oldest lot first (RND-S: inside a lot the principal share is floored).

    Raises NotCovered when the lots hold less.
    """
    usable = balance_of(lots)
    if amount > usable:
        raise NotCovered(amount, usable)
    spends = []
    wanted = amount.minor
    for lot in lots:
        taken = min(wanted, lot.total.minor)
        if taken > 0:
            spends.append(_from_lot(lot, taken))
        wanted -= taken
    return tuple(spends)


def _from_lot(lot: Lot, fen: int) -> LotSpend:
    principal = fen * lot.principal.minor // lot.total.minor
    return LotSpend(lot.id, Money(principal), Money(fen - principal))
