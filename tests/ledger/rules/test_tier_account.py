"""The derivation that is shown is the one that decides."""

import pytest

from pos_app.ledger.rules.tier_account import account_of
from pos_app.ledger.rules.tier_standing import (
    ManualTier,
    TierReason,
    given_or_held,
    stands_at,
)
from pos_app.ledger.rules.tiers import TierState
from pos_app.ledger.rules.windows import Figures
from pos_app.money import Growth, Money
from tests.ledger.rules.till import PROGRAMME, day

TODAY = day("2026-06-01")
SINCE = day("2025-06-02")
LITTLE = Figures(Money(100_000), Growth(200), SINCE)
SILVER = TierState("SILVER", day("2025-05-01"), day("2026-05-01"))
PROTECTED = TierState("SILVER", day("2026-01-01"), day("2027-01-01"))
GIVEN = ManualTier("DIAMOND", TODAY)


def test_a_tier_whose_protection_is_over_is_held_until_its_review() -> None:
    standing = stands_at(SILVER, None, LITTLE, TODAY, PROGRAMME)

    assert (standing.code, standing.reason, standing.until) == ("SILVER", TierReason.HELD, None)
    assert standing.reached == "BASE"


def test_what_the_figures_reach_is_said_before_what_is_held() -> None:
    enough = Figures(Money(500_000), Growth(0), SINCE)

    assert stands_at(SILVER, None, enough, TODAY, PROGRAMME).reason is TierReason.SPEND


def test_the_account_names_everything_that_made_it_so() -> None:
    account = account_of(PROTECTED, None, LITTLE, TODAY, PROGRAMME)

    assert account.standing == stands_at(PROTECTED, None, LITTLE, TODAY, PROGRAMME)
    assert account.standing.reason is TierReason.PROTECTED
    assert (account.held, account.since) == ("SILVER", day("2026-01-01"))
    assert (account.protected_until, account.review_on) == (day("2027-01-01"), day("2027-01-01"))
    assert account.gap is not None
    assert (account.gap.code, account.gap.spend_missing) == ("GOLD", Money(1_900_000))
    assert account.gap.growth_missing == Growth(4_800)


def test_a_protection_that_is_over_protects_nothing() -> None:
    account = account_of(SILVER, None, LITTLE, TODAY, PROGRAMME)

    assert (account.protected_until, account.review_on) == (None, day("2026-05-01"))


@pytest.mark.parametrize(("until", "code"), [("2026-06-01", "DIAMOND"), ("2026-05-31", "SILVER")])
def test_a_tier_given_by_hand_ends_with_its_last_day(until: str, code: str) -> None:
    given = ManualTier("DIAMOND", day(until))

    account = account_of(SILVER, given, LITTLE, TODAY, PROGRAMME)

    assert account.standing.code == code
    assert account.manual == (given if code == "DIAMOND" else None)
    assert given_or_held("SILVER", given, TODAY, PROGRAMME) == code


def test_a_tier_given_by_hand_never_lowers() -> None:
    given = ManualTier("BASE", TODAY)

    assert given_or_held("SILVER", given, TODAY, PROGRAMME) == "SILVER"
    assert given_or_held("SILVER", None, TODAY, PROGRAMME) == "SILVER"
    assert account_of(SILVER, GIVEN, LITTLE, TODAY, PROGRAMME).gap is None
