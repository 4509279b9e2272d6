"""The law of prepaid cards asks for a name, refuses cash, and lets no money lapse."""

import pytest

from pos_app.ledger.rules.prepaid_law import (
    CardState,
    Payer,
    PayoutWay,
    identity_kept_until,
    needs_real_name,
    payout_ways,
    takes_cash,
    unnamed_card,
    unnamed_usable_until,
)
from pos_app.money import Money
from tests.ledger.rules.till import PROGRAMME, day


@pytest.mark.parametrize(
    ("fen", "named", "needed"),
    [(1, True, True), (999_999, False, False), (1_000_000, False, True)],
)
def test_a_document_is_shown_for_every_named_card_and_from_10000_yuan(
    fen: int, *, named: bool, needed: bool
) -> None:
    assert needs_real_name(Money(fen), PROGRAMME, named=named) is needed


def test_what_was_recorded_of_a_document_is_kept_five_years() -> None:
    assert identity_kept_until(day("2024-02-29"), PROGRAMME) == day("2029-02-28")


@pytest.mark.parametrize(
    ("fen", "payer", "taken"),
    [
        (4_999_999, Payer.PERSON, True),
        (5_000_000, Payer.PERSON, False),
        (499_999, Payer.COMPANY, True),
        (500_000, Payer.COMPANY, False),
    ],
)
def test_large_purchases_are_transferred_and_not_paid_in_cash(
    fen: int, payer: Payer, *, taken: bool
) -> None:
    assert takes_cash(Money(fen), payer, PROGRAMME) is taken
    assert not takes_cash(Money(fen), payer, PROGRAMME, face_to_face=False)


def test_up_to_100_yuan_may_go_out_in_cash() -> None:
    assert payout_ways(Money(10_000), PROGRAMME) == {PayoutWay.CASH, PayoutWay.SAME_NAME_ACCOUNT}
    assert payout_ways(Money(10_001), PROGRAMME) == {PayoutWay.SAME_NAME_ACCOUNT}


def test_a_card_without_a_name_is_good_for_three_years_and_then_replaced() -> None:
    until = unnamed_usable_until(day("2026-05-10"), PROGRAMME)

    assert until == day("2029-05-10")
    assert unnamed_card(Money(1), until, until) is CardState.USABLE
    assert unnamed_card(Money(1), until, day("2029-05-11")) is CardState.TO_REACTIVATE
    assert unnamed_card(Money(), until, day("2029-05-11")) is CardState.SPENT
