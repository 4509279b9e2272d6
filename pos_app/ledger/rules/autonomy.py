"""How much of the benefits a store may give by itself (STR-01)."""

from dataclasses import dataclass

from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Money


@dataclass(frozen=True, slots=True)
class Autonomy:
    """The share of a store's own benefits in all its benefits, and what may be added.

    `share` is rounded up. `room` is the value of the largest new benefit that still fits. `over`
    flags a store whose share grew because HQ withdrew benefits: what stands stays, nothing new.
    """

    share: BasisPoints
    most: BasisPoints
    room: Money
    over: bool


def autonomy_of(hq: Money, store: Money, programme: Programme) -> Autonomy:
    """Return where store ÷ (HQ + store) stands against the programme's share, compared exactly."""
    most = programme.autonomy.store_share_max_bp
    whole = (hq + store).minor
    share = -(-store.minor * 10_000 // whole) if whole else 0
    room = (most * whole - 10_000 * store.minor) // (10_000 - most)
    return Autonomy(BasisPoints(share), BasisPoints(most), Money(max(room, 0)), over=room < 0)


def may_add(benefit: Money, standing: Autonomy) -> bool:
    """Say whether a new benefit of the store still fits."""
    return not standing.over and benefit <= standing.room
