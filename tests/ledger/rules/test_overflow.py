"""A refund above the legal cap is kept beside the wallet, and spent first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import LotId, new_id
from pos_app.ledger.rules.overflow import (
    BackToWallet,
    back_to_wallet,
    blocks_top_up,
    spend_with_overflow,
)
from pos_app.ledger.rules.wallet import Lot, balance_of
from pos_app.money import Money
from tests.ledger.rules.test_wallet import wallets
from tests.ledger.rules.till import L1, L2, PROGRAMME, lot, spend

OVER = LotId(new_id())
BACK = (spend(L2, 3_000, 500), spend(L1, 1_000, 0))


@pytest.mark.parametrize(("balance", "named"), [(495_500, True), (95_500, False)])
def test_a_refund_up_to_the_cap_goes_to_its_own_lots(balance: int, *, named: bool) -> None:
    gone = back_to_wallet(Money(balance), BACK, OVER, PROGRAMME, named=named)

    assert gone == BackToWallet(BACK, None)


@pytest.mark.parametrize(("balance", "named"), [(495_501, True), (95_501, False)])
def test_a_refund_above_the_cap_is_an_overflow_lot_as_a_whole(balance: int, *, named: bool) -> None:
    gone = back_to_wallet(Money(balance), BACK, OVER, PROGRAMME, named=named)

    assert gone == BackToWallet((), lot(OVER, 4_000, 500))


def test_the_overflow_is_drained_before_the_oldest_lot() -> None:
    lots = (lot(L1, 10_000, 0), lot(L2, 10_000, 0), lot(OVER, 4_000, 500))

    taken = spend_with_overflow(lots, {OVER}, Money(5_000))

    assert taken == (spend(OVER, 4_000, 500), spend(L1, 500, 0))


def test_top_ups_wait_until_the_overflow_is_spent() -> None:
    assert blocks_top_up((lot(L1, 1, 0), lot(OVER, 1, 0)), {OVER})
    assert not blocks_top_up((lot(L1, 1, 0), lot(OVER, 0, 0)), {OVER})


@given(wallets, st.sets(st.integers(0, 19)), st.integers(0, 2_000_000))
def test_an_ordinary_lot_is_touched_only_when_no_overflow_is_left(
    lots: tuple[Lot, ...], over: set[int], wanted: int
) -> None:
    overflow = {one.id for one in lots if one.id.int in over}
    amount = min(Money(wanted), balance_of(lots))

    taken = {
        one.lot: one.principal + one.bonus for one in spend_with_overflow(lots, overflow, amount)
    }

    if any(one not in overflow for one in taken):
        for each in lots:
            assert each.id not in overflow or taken.get(each.id, Money()) == each.total
    assert sum(one.minor for one in taken.values()) == amount.minor
