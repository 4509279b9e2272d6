"""Stored value is spent oldest lot first, and inside a lot in its own proportion."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import LotId
from pos_app.ledger.rules.wallet import Lot, NotCovered, balance_of, spend_lots
from pos_app.money import Money
from tests.ledger.rules.till import L1, L2, lot, spend

fen = st.integers(0, 500_000)
wallets = st.lists(st.tuples(fen, fen), max_size=20).map(
    lambda pockets: tuple(
        Lot(LotId(UUID(int=row)), Money(principal), Money(bonus))
        for row, (principal, bonus) in enumerate(pockets)
    )
)


def test_the_principal_share_is_floored_so_that_more_of_it_stays() -> None:
    spends = spend_lots((lot(L1, 50_000, 6_000),), Money(20_000))

    assert spends == (spend(L1, 17_857, 2_143),)


def test_the_oldest_lot_is_emptied_first() -> None:
    spends = spend_lots((lot(L1, 900, 100), lot(L2, 1_000, 0)), Money(1_001))

    assert spends == (spend(L1, 900, 100), spend(L2, 1, 0))


def test_an_empty_lot_gives_nothing_and_is_not_named() -> None:
    spends = spend_lots((lot(L1, 0, 0), lot(L2, 1_000, 0)), Money(10))

    assert spends == (spend(L2, 10, 0),)


def test_spending_nothing_touches_no_lot() -> None:
    assert spend_lots((lot(L1, 100, 0),), Money()) == ()


def test_more_than_the_lots_hold_is_not_covered() -> None:
    with pytest.raises(NotCovered) as refused:
        spend_lots((lot(L1, 100, 10),), Money(111))

    assert refused.value.wanted == Money(111)
    assert refused.value.usable_here == Money(110)


@given(wallets, st.integers(0, 10_000_000))
def test_a_spend_takes_exactly_its_amount_and_no_lot_goes_below_nothing(
    lots: tuple[Lot, ...], wanted: int
) -> None:
    amount = min(Money(wanted), balance_of(lots))

    spends = spend_lots(lots, amount)

    taken = {one.lot: one for one in spends}
    assert sum(one.principal.minor + one.bonus.minor for one in spends) == amount.minor
    for each in lots:
        if each.id in taken:
            assert Money() <= taken[each.id].principal <= each.principal
            assert Money() <= taken[each.id].bonus <= each.bonus
