"""A campaign's coupons are split between terminals, and each is issued once."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import NodeId
from pos_app.ledger.rules.coupon_pool import PoolGrant, grant_from_pool, left_in_pool, shares

TILL = NodeId(UUID(int=1))
OTHER = NodeId(UUID(int=2))


def test_a_pool_is_split_by_weight_and_no_coupon_is_lost() -> None:
    assert shares(100, (1, 1, 1)) == (34, 33, 33)
    assert shares(10, (3, 0, 1)) == (8, 0, 2)
    assert shares(10, (0, 0)) == (0, 0)
    assert shares(10, ()) == ()


def test_grants_follow_on_each_other_until_the_pool_is_dry() -> None:
    first = grant_from_pool(10, (), TILL, 6)
    assert first == PoolGrant(TILL, 0, 6)
    second = grant_from_pool(10, (first,), OTHER, 6)
    assert second == PoolGrant(OTHER, 6, 4)

    assert list(second.serials) == [6, 7, 8, 9]
    assert left_in_pool(10, (first,)) == 4
    assert grant_from_pool(10, (first, second), TILL, 1) is None
    assert grant_from_pool(10, (), TILL, 0) is None


def test_a_pool_that_was_made_smaller_grants_nothing_more() -> None:
    assert left_in_pool(5, (PoolGrant(TILL, 0, 6),)) == 0


@given(st.integers(0, 500), st.lists(st.integers(0, 90), max_size=15))
def test_no_serial_number_is_granted_twice_or_beyond_the_pool(size: int, asks: list[int]) -> None:
    grants: list[PoolGrant] = []

    for wanted in asks:
        granted = grant_from_pool(size, grants, TILL, wanted)
        if granted is not None:
            grants.append(granted)

    serials = [serial for one in grants for serial in one.serials]
    assert serials == list(range(min(size, sum(asks))))
