"""Points are revenue when they are redeemed, not when they are given (CAS 14, IFRS 15)."""

from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.contract_liability import (
    PriceSplit,
    Recognised,
    recognised,
    split_price,
    standalone_of,
)
from pos_app.money import BasisPoints, Money, Points
from tests.ledger.rules.till import PROGRAMME

WHOLE_PERCENT = BasisPoints(100)
SALES = Money(100_000)
POINTS = Points(10_000)


def test_the_handbooks_example_splits_91000_and_9000() -> None:
    standalone = standalone_of(POINTS, BasisPoints(9_700), PROGRAMME)

    assert standalone == Money(9_700)
    assert split_price(SALES, SALES, standalone, WHOLE_PERCENT) == PriceSplit(
        Money(91_000), Money(9_000)
    )


def test_to_the_fen_the_same_split_is_91158_and_8842() -> None:
    assert split_price(SALES, SALES, Money(9_700)) == PriceSplit(Money(91_158), Money(8_842))


def test_the_handbooks_points_are_recognised_as_they_are_redeemed() -> None:
    first = recognised(Money(9_000), Points(4_500), Points(9_700), Money())
    second = recognised(Money(9_000), Points(8_500), Points(9_900), first.so_far)

    assert first == Recognised(Money(4_175), Money(4_175), Money(4_825))
    assert second == Recognised(Money(7_727), Money(3_552), Money(1_273))


def test_when_all_expected_points_are_redeemed_nothing_stays_a_liability() -> None:
    done = recognised(Money(9_000), Points(9_900), Points(9_900), Money(7_727))
    more_than_expected = recognised(Money(9_000), Points(12_000), Points(9_900), Money(7_727))
    nothing_expected = recognised(Money(9_000), Points(0), Points(0), Money(0))

    assert (done.now, done.liability) == (Money(1_273), Money())
    assert more_than_expected == done
    assert nothing_expected.liability == Money()


def test_a_higher_expectation_takes_back_what_was_recognised_too_early() -> None:
    assert recognised(Money(9_000), Points(4_500), Points(10_000), Money(4_175)).now == Money(-125)


@given(
    st.integers(0, 10_000_000),
    st.integers(1, 10_000_000),
    st.integers(0, 1_000_000),
    st.sampled_from([None, BasisPoints(1), WHOLE_PERCENT]),
)
def test_a_split_loses_no_fen(
    price: int, goods: int, points: int, step: BasisPoints | None
) -> None:
    split = split_price(Money(price), Money(goods), Money(points), step)

    assert split.goods + split.points == Money(price)
    assert min(split.goods, split.points) >= Money()
