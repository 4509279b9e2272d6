"""A price of points and money is paid in both, and comes back in both."""

import pytest

from pos_app.ledger.rules.points_and_cash import (
    MixedPrice,
    PriceAnswer,
    PriceReason,
    can_pay,
    worth,
)
from pos_app.money import Money, Points
from tests.ledger.rules.till import PROGRAMME

MUG = MixedPrice(Points(990), Money(990))


def test_a_price_of_990_points_and_9_yuan_90_is_worth_19_yuan_80() -> None:
    assert worth(MUG, PROGRAMME) == Money(1_980)


def test_units_cost_and_come_back_exactly() -> None:
    three, two, one = MUG.times(3), MUG.times(2), MUG.times(1)

    assert three == MixedPrice(Points(2_970), Money(2_970))
    assert (two.points + one.points, two.cash + one.cash) == (three.points, three.cash)


@pytest.mark.parametrize(
    ("price", "usable", "debt", "reason", "missing"),
    [
        (MUG, 990, 0, PriceReason.NONE, 0),
        (MUG, 989, 0, PriceReason.BALANCE, 1),
        (MUG, 5_000, 10, PriceReason.IN_DEBT, 10),
        (MixedPrice(Points(), Money(5)), 0, 10, PriceReason.NONE, 0),
    ],
)
def test_the_points_part_must_be_covered_and_nothing_owed(
    price: MixedPrice, usable: int, debt: int, reason: PriceReason, missing: int
) -> None:
    answer = can_pay(price, Points(usable), Points(debt))

    assert answer == PriceAnswer(reason, Points(missing))
