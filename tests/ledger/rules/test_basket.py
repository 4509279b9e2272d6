"""A till prices what can be sold, and nothing else."""

import pytest

from pos_app.ledger.rules.basket import (
    LARGEST_UNITS,
    Basket,
    BasketRefused,
    Line,
    Unfit,
    amount_only,
    ensure_sellable,
)
from pos_app.money import LARGEST_ENTRY_FEN, Money


def test_the_list_price_counts_every_unit() -> None:
    basket = Basket((Line("tea", Money(1_990), 3), Line("cake", Money(500))))

    assert basket.listed == Money(6_470)


def test_an_amount_is_a_basket_of_one_unit_without_goods() -> None:
    basket = amount_only(Money(12_345))

    assert basket.listed == Money(12_345)
    assert not basket.itemised


def test_a_gift_line_at_no_price_is_sold_along() -> None:
    ensure_sellable(Basket((Line("bag", Money(0)), Line("tea", Money(1)))))


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((), Unfit.EMPTY),
        ((Line("tea", Money(100), 0),), Unfit.NO_QUANTITY),
        ((Line("tea", Money(100)), Line("tea", Money(100), -1)), Unfit.NO_QUANTITY),
        ((Line("tea", Money(100)), Line("tea", Money(-1))), Unfit.NEGATIVE_PRICE),
        ((Line("tea", Money(0)),), Unfit.NOTHING_DUE),
        ((Line("tea", Money(1), LARGEST_UNITS + 1),), Unfit.TOO_MANY),
        ((Line("tea", Money(LARGEST_ENTRY_FEN + 1)),), Unfit.TOO_LARGE),
    ],
)
def test_a_basket_that_no_till_prices_is_refused(lines: tuple[Line, ...], reason: Unfit) -> None:
    with pytest.raises(BasketRefused) as refused:
        ensure_sellable(Basket(lines))

    assert refused.value.reason is reason


def test_the_largest_entry_is_sold() -> None:
    ensure_sellable(amount_only(Money(LARGEST_ENTRY_FEN)))
    ensure_sellable(Basket((Line("tea", Money(1), LARGEST_UNITS),)))
