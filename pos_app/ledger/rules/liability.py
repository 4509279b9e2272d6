"""What is owed to members, rolled from one day to the next, and what is kept in custody for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.wallet import Lot
from pos_app.money import BasisPoints, Money, Points, total_of

NO_MONEY = Money()
NO_POINTS = Points()


@dataclass(frozen=True, slots=True)
class Pockets:
    """Principal and bonus, always apart."""

    principal: Money = NO_MONEY
    bonus: Money = NO_MONEY

    def __add__(self, other: "Pockets") -> "Pockets":
        return Pockets(self.principal + other.principal, self.bonus + other.bonus)

    def __sub__(self, other: "Pockets") -> "Pockets":
        return Pockets(self.principal - other.principal, self.bonus - other.bonus)


NOTHING = Pockets()


@dataclass(frozen=True, slots=True)
class StoredValueDay:
    """What moved the stored-value liability; only adjustments may be negative."""

    opening: Pockets
    top_ups: Pockets = NOTHING
    spent: Pockets = NOTHING
    refunds: Pockets = NOTHING
    closures: Pockets = NOTHING
    adjustments: Pockets = NOTHING

    @property
    def closing(self) -> Pockets:
        """Return opening + top-ups − spends + refunds − closures + adjustments (D-34)."""
        came = self.opening + self.top_ups + self.refunds + self.adjustments
        return came - self.spent - self.closures

    def difference(self, lots: Iterable[Lot]) -> Pockets:
        """Return the closing less what the lots hold; a day closes only when it is nothing."""
        held = list(lots)
        return self.closing - Pockets(
            total_of([lot.principal for lot in held]), total_of([lot.bonus for lot in held])
        )


@dataclass(frozen=True, slots=True)
class PointsMoves:
    """What moved the points liability; only adjustments may be negative."""

    opening: Points
    earned: Points = NO_POINTS
    redeemed: Points = NO_POINTS
    returned: Points = NO_POINTS
    clawed_back: Points = NO_POINTS
    expired: Points = NO_POINTS
    adjustments: Points = NO_POINTS

    @property
    def closing(self) -> Points:
        """Return what members hold, less what they owe."""
        came = self.opening + self.earned + self.returned + self.adjustments
        return came - self.redeemed - self.clawed_back - self.expired

    def difference(self, batches: Iterable[PointsBatch], debts: Sequence[Points]) -> Points:
        """Return the closing less batches and plus debts; a day closes only when it is nothing."""
        held = sum(batch.points.minor for batch in batches)
        return self.closing - Points(held - sum(debt.minor for debt in debts))


class Issuer(StrEnum):
    """What kind of issuer the law sees (商务部令2012年第9号)."""

    LARGE = "large"
    GROUP = "group"
    BRAND = "brand"


# Articles 26 to 28: the least share of the last quarter's prepaid balance that a bank holds.
CUSTODY = {
    Issuer.LARGE: BasisPoints(2_000),
    Issuer.GROUP: BasisPoints(3_000),
    Issuer.BRAND: BasisPoints(4_000),
}


def custody_of(principal: Money, issuer: Issuer) -> Money:
    """Return what must lie in custody, rounded up: it is a least share."""
    return Money(-(-principal.minor * CUSTODY[issuer].value // 10_000))
