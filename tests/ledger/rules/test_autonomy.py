"""A store gives at most a fifth of its benefits by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.autonomy import Autonomy, autonomy_of, may_add
from pos_app.money import BasisPoints, Money
from tests.ledger.rules.till import PROGRAMME


def standing(hq: int, store: int) -> Autonomy:
    return autonomy_of(Money(hq), Money(store), PROGRAMME)


def test_a_fifth_is_the_most() -> None:
    assert standing(80, 20) == Autonomy(
        BasisPoints(2_000), BasisPoints(2_000), Money(0), over=False
    )
    assert standing(80, 0).room == Money(20)
    assert standing(0, 0) == Autonomy(BasisPoints(0), BasisPoints(2_000), Money(0), over=False)


def test_what_stands_is_flagged_when_hq_withdraws_and_nothing_new_is_taken() -> None:
    flagged = standing(40, 20)

    assert (flagged.share, flagged.over, flagged.room) == (BasisPoints(3_334), True, Money(0))
    assert not may_add(Money(0), flagged)


@pytest.mark.parametrize(("benefit", "fits"), [(10, True), (11, False)])
def test_a_new_benefit_must_fit(benefit: int, *, fits: bool) -> None:
    assert may_add(Money(benefit), standing(80, 10)) is fits


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_room_is_the_largest_that_fits(hq: int, store: int) -> None:
    now = standing(hq, store)

    filled = store + now.room.minor
    if not now.over:
        assert filled * 5 <= hq + filled
    assert (filled + 1) * 5 > hq + filled + 1
    assert now.over == (store * 5 > hq + store)
