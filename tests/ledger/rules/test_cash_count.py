"""A drawer is counted blind, and only then compared."""

import pytest

from pos_app.ledger.rules.cash_count import CountAnswer, DrawerMoves, counted, judge_count
from pos_app.money import Money
from tests.ledger.rules.till import PROGRAMME

D33 = DrawerMoves(
    float_=Money(50_000),
    sales=Money(328_640),
    top_ups=Money(150_000),
    refunds=Money(12_900),
    paid_out=Money(8_000),
    safe_drops=Money(300_000),
)


def test_d33_a_drawer_740_fen_short_needs_a_reason_and_no_manager() -> None:
    count = counted({Money(10_000): 20, Money(5_000): 1, Money(1_000): 2})

    assert judge_count(D33, count, PROGRAMME) == CountAnswer(
        expected=Money(207_740),
        counted=Money(207_000),
        variance=Money(-740),
        reason_needed=True,
        manager_needed=False,
    )


@pytest.mark.parametrize(
    ("off", "reason", "manager"),
    [
        (0, False, False),
        (-499, False, False),
        (500, True, False),
        (-1_999, True, False),
        (2_000, True, True),
        (-2_000, True, True),
    ],
)
def test_a_reason_from_5_yuan_and_a_manager_from_20(
    off: int, *, reason: bool, manager: bool
) -> None:
    answer = judge_count(D33, D33.expected + Money(off), PROGRAMME)

    assert (answer.reason_needed, answer.manager_needed) == (reason, manager)


def test_what_is_paid_in_is_expected() -> None:
    assert DrawerMoves(Money(100), paid_in=Money(50)).expected == Money(150)
