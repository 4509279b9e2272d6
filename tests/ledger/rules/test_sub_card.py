"""A sub-card spends the main wallet within its own limits."""

from dataclasses import replace

import pytest

from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.points import points_earned
from pos_app.ledger.rules.sub_card import (
    SubCard,
    SubCardAnswer,
    SubCardRule,
    Used,
    may_pay,
    used_on,
)
from pos_app.ledger.rules.wallet import spend_lots
from pos_app.money import BasisPoints, Money, Points
from tests.ledger.rules.till import L1, day, lot, spend

TODAY = day("2026-06-15")
CARD = SubCard(Money(20_000), Money(60_000))
USED = Used(Money(), Money(45_000))


def asked(
    fen: int, card: SubCard = CARD, main: Status = Status.NORMAL, used: Used = USED
) -> SubCardRule:
    return may_pay(Money(fen), card, main, used, TODAY).rule


def test_d30_a_child_spends_150_yuan_of_the_main_wallet_and_the_main_account_earns() -> None:
    answer = may_pay(Money(15_000), CARD, Status.NORMAL, USED, TODAY)
    (taken,) = spend_lots((lot(L1, 80_000, 12_000),), Money(15_000))

    assert answer == SubCardAnswer(SubCardRule.NONE, Money(15_000))
    assert taken == spend(L1, 13_043, 1_957)
    assert points_earned(taken.principal, BasisPoints(10_000)) == Points(130)


def test_d30_the_next_yuan_of_the_same_day_is_refused_by_the_month() -> None:
    used = used_on(TODAY, [(day("2026-06-01"), Money(45_000)), (TODAY, Money(15_000))])

    answer = may_pay(Money(100), CARD, Status.NORMAL, used, TODAY)

    assert used == Used(Money(15_000), Money(60_000))
    assert answer == SubCardAnswer(SubCardRule.MONTH, Money())


def test_only_this_month_counts_and_what_came_back_is_free_again() -> None:
    spends = [
        (day("2026-05-31"), Money(9)),
        (day("2025-06-15"), Money(9)),
        (TODAY, Money(500)),
        (TODAY, Money(-200)),
    ]

    assert used_on(TODAY, spends) == Used(Money(300), Money(300))


def test_the_day_has_a_limit_of_its_own() -> None:
    used = Used(Money(15_000), Money(15_000))

    assert asked(5_000, used=used) is SubCardRule.NONE
    assert asked(5_001, used=used) is SubCardRule.DAY


@pytest.mark.parametrize("main", [Status.FROZEN, Status.BLACKLISTED])
def test_d30_a_blocked_main_account_blocks_its_sub_cards(main: Status) -> None:
    assert asked(100, main=main) is SubCardRule.MAIN_BLOCKED


def test_d30_a_lost_sub_card_is_frozen_alone() -> None:
    assert asked(100, replace(CARD, frozen=True)) is SubCardRule.FROZEN


@pytest.mark.parametrize(
    ("born_on", "consent", "rule"),
    [
        ("2012-06-16", False, SubCardRule.GUARDIAN_CONSENT),
        ("2012-06-16", True, SubCardRule.NONE),
        ("2012-06-15", False, SubCardRule.NONE),
    ],
)
def test_d30_under_14_a_guardian_must_have_consented(
    born_on: str, rule: SubCardRule, *, consent: bool
) -> None:
    assert asked(100, replace(CARD, born_on=day(born_on), guardian_consent=consent)) is rule
