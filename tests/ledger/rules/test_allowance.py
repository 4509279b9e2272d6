"""A frequent member has a share of the balance waiting, and no more."""

import pytest

from pos_app.ledger.rules.allowance import allowance_of, excess_batches, excess_lots, is_low
from pos_app.money import Money, Points
from tests.ledger.rules.till import L1, L2, PROGRAMME, batch, lot, spend


@pytest.mark.parametrize(
    ("balance", "allowance"),
    [(0, 0), (1_001, 300), (66_666, 19_999), (66_667, 20_000), (10**6, 20_000)],
)
def test_an_allowance_is_three_tenths_of_the_balance_and_at_most_200_yuan(
    balance: int, allowance: int
) -> None:
    assert allowance_of(Money(balance), PROGRAMME) == Money(allowance)


def test_below_three_tenths_of_itself_it_is_filled_up() -> None:
    assert is_low(Money(5_999), Money(20_000), PROGRAMME)
    assert not is_low(Money(6_000), Money(20_000), PROGRAMME)


def test_what_is_beyond_it_goes_back_newest_lot_first() -> None:
    lots = (lot(L1, 10_000, 0), lot(L2, 10_000, 0))

    assert excess_lots(lots, Money(5_000)) == (spend(L2, 10_000, 0), spend(L1, 5_000, 0))
    assert excess_lots(lots, Money(20_000)) == ()


def test_points_beyond_it_go_back_latest_expiry_first() -> None:
    batches = (batch("2026-06-30", 100), batch("2026-12-31", 100))

    assert excess_batches(batches, Points(50)) == (
        batch("2026-12-31", 100),
        batch("2026-06-30", 50),
    )
    assert excess_batches(batches, Points(150)) == (batch("2026-12-31", 50),)
    assert excess_batches(batches, Points(500)) == ()
