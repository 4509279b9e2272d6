"""Points as a promise in the accounts (CAS 14 art. 35, IFRS 15 B39-B43)."""

from dataclasses import dataclass

from pos_app.ledger.rules.points import points_value
from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Money, Points


@dataclass(frozen=True, slots=True)
class PriceSplit:
    """What of a price is revenue for the goods now, and what is owed for the points."""

    goods: Money
    points: Money


@dataclass(frozen=True, slots=True)
class Recognised:
    """Revenue for redeemed points: in all so far, now, and what is still a liability."""

    so_far: Money
    now: Money
    liability: Money


def standalone_of(points: Points, chance: BasisPoints, programme: Programme) -> Money:
    """Return what points would cost by themselves, taking the chance of redemption into account."""
    return points_value(points, programme).floor_bp(chance)


def split_price(
    price: Money, goods: Money, points: Money, share_step: BasisPoints | None = None
) -> PriceSplit:
    """Split what was paid by relative stand-alone prices (RND-A).

    `share_step` rounds the shares to its multiples, halves up, as a handbook does that works with
    whole percentages; without it the split is exact to the fen.
    """
    if share_step is None:
        to_goods, to_points = price.allocate((goods.minor, points.minor))
        return PriceSplit(to_goods, to_points)
    total, step = (goods + points).minor, share_step.value
    share = (2 * points.minor * 10_000 + total * step) // (2 * total * step) * step
    to_points = price.floor_bp(BasisPoints(share))
    return PriceSplit(price - to_points, to_points)


def recognised(
    deferred: Money, redeemed_so_far: Points, expected: Points, already: Money
) -> Recognised:
    """Return the revenue once so many of the points expected to be redeemed are redeemed.

    The whole is floored, never more than was deferred; `already` is what earlier periods took. A
    changed expectation is caught up now, and may take back what an earlier one had recognised.
    """
    share = min(redeemed_so_far, expected)
    whole = deferred.minor * share.minor // expected.minor if expected else deferred.minor
    return Recognised(Money(whole), Money(whole) - already, deferred - Money(whole))
