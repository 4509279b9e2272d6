"""What is owed closes to the fen every day, principal and bonus apart."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import LotId
from pos_app.ledger.rules.liability import (
    Issuer,
    Pockets,
    PointsMoves,
    StoredValueDay,
    custody_of,
)
from pos_app.ledger.rules.wallet import Lot, balance_of, spend_lots
from pos_app.money import Money, Points
from tests.ledger.rules.till import L1, L2, batch, lot


def pockets(principal: int, bonus: int) -> Pockets:
    return Pockets(Money(principal), Money(bonus))


D34 = StoredValueDay(
    opening=pockets(12_500_000, 1_630_000),
    top_ups=pockets(2_300_000, 318_000),
    spent=pockets(1_745_300, 231_200),
    refunds=pockets(45_000, 5_100),
    closures=pockets(60_000, 9_000),
)


def test_d34_the_liability_rolls_forward() -> None:
    assert D34.closing == pockets(13_039_700, 1_712_900)


def test_d34_a_day_closes_only_when_the_lots_say_the_same() -> None:
    lots = (lot(L1, 13_000_000, 1_700_000), lot(L2, 39_700, 12_900))
    short = (lot(L1, 13_000_000, 1_700_000), lot(L2, 39_699, 12_901))

    assert D34.difference(lots) == Pockets()
    assert D34.difference(short) == pockets(1, -1)


@pytest.mark.parametrize(
    ("issuer", "kept"),
    [(Issuer.LARGE, 2_607_940), (Issuer.GROUP, 3_911_910), (Issuer.BRAND, 5_215_880)],
)
def test_d34_custody_is_a_share_of_the_principal(issuer: Issuer, kept: int) -> None:
    assert custody_of(D34.closing.principal, issuer) == Money(kept)


def test_custody_is_a_least_share_and_rounded_up() -> None:
    assert custody_of(Money(1), Issuer.LARGE) == Money(1)


def test_points_roll_forward_to_batches_less_debts() -> None:
    moves = PointsMoves(
        opening=Points(1_000),
        earned=Points(500),
        redeemed=Points(300),
        returned=Points(50),
        clawed_back=Points(120),
        expired=Points(30),
        adjustments=Points(-10),
    )
    held = [batch("2026-12-31", 1_100), batch("2027-12-31", 30)]

    assert moves.closing == Points(1_090)
    assert moves.difference(held, [Points(40)]) == Points()
    assert moves.difference(held, []) == Points(-40)


top_ups = st.tuples(st.integers(0, 100_000), st.integers(0, 20_000))


@given(st.lists(st.one_of(top_ups, st.integers(0, 60_000)), max_size=25))
def test_i12_after_any_day_the_roll_forward_is_the_sum_of_the_lots(
    doings: list[tuple[int, int] | int],
) -> None:
    lots: tuple[Lot, ...] = ()
    came, gone = Pockets(), Pockets()

    for doing in doings:
        if isinstance(doing, tuple):
            added = lot(LotId(UUID(int=len(lots))), *doing)
            lots, came = (*lots, added), came + Pockets(added.principal, added.bonus)
        else:
            spends = spend_lots(lots, min(Money(doing), balance_of(lots)))
            taken = {one.lot: one for one in spends}
            for one in spends:
                gone += Pockets(one.principal, one.bonus)
            lots = tuple(
                Lot(
                    each.id,
                    each.principal - taken[each.id].principal,
                    each.bonus - taken[each.id].bonus,
                )
                if each.id in taken
                else each
                for each in lots
            )

    assert StoredValueDay(Pockets(), top_ups=came, spent=gone).difference(lots) == Pockets()
    assert all(min(each.principal, each.bonus) >= Money() for each in lots)
