"""A campaign's coupons, handed out to terminals in parts that never meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos_app.ids import NodeId
from pos_app.money import Points


@dataclass(frozen=True, slots=True)
class PoolGrant:
    """The serial numbers of a pool that one terminal may issue: `first` and the `count - 1` after.

    Serial numbers start at 0. What was granted stays granted, so no coupon is issued twice, with
    the network or without.
    """

    node: NodeId
    first: int
    count: int

    @property
    def serials(self) -> range:
        """Return the serial numbers."""
        return range(self.first, self.first + self.count)


def shares(size: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split a pool by weight without losing a coupon (RND-A); no weight at all, no share."""
    if not sum(weights):
        return tuple(0 for _ in weights)
    return tuple(share.minor for share in Points(size).allocate(weights))


def left_in_pool(size: int, grants: Iterable[PoolGrant]) -> int:
    """Return how many coupons of a pool are not granted yet."""
    return max(size - _end(grants), 0)


def grant_from_pool(
    size: int, grants: Sequence[PoolGrant], node: NodeId, wanted: int
) -> PoolGrant | None:
    """Grant a terminal the next serial numbers: as many as are left, or None when none is."""
    count = min(wanted, left_in_pool(size, grants))
    return PoolGrant(node, _end(grants), count) if count > 0 else None


def _end(grants: Iterable[PoolGrant]) -> int:
    return max((one.first + one.count for one in grants), default=0)
