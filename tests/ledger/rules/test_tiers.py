"""A tier is reached at once, undone only with the order that caused it, and reviewed yearly."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import EventId, new_id
from pos_app.ledger.rules.programme import parse_programme
from pos_app.ledger.rules.tiers import (
    TierGap,
    TierState,
    next_tier,
    rank_of,
    tier_after_order,
    tier_after_refund,
    tier_after_review,
    tier_name,
    tier_of,
)
from pos_app.money import BasisPoints, Growth, Money
from tests.ledger.rules.shipped_programme import DOCUMENT, changed

PROGRAMME = parse_programme(DOCUMENT)
ORDER = EventId(new_id())
OTHER_ORDER = EventId(new_id())
DAY = date(2026, 6, 1)
YEAR_LATER = date(2027, 6, 1)
BASE = TierState("BASE", date(2026, 1, 1))
figures = st.tuples(st.integers(0, 6_000_000), st.integers(0, 12_000))


def upgraded(spend: int, growth: int, state: TierState = BASE) -> TierState:
    return tier_after_order(state, Money(spend), Growth(growth), DAY, ORDER, PROGRAMME)


def after_return(state: TierState, spend: int, growth: int, order: EventId = ORDER) -> TierState:
    return tier_after_refund(state, Money(spend), Growth(growth), order, PROGRAMME)


def reviewed(state: TierState, spend: int, today: date = YEAR_LATER) -> TierState:
    return tier_after_review(state, Money(spend), Growth(), today, PROGRAMME)


@pytest.mark.parametrize(
    ("spend", "growth", "tier"),
    [
        (0, 0, "BASE"),
        (499_999, 999, "BASE"),
        (500_000, 0, "SILVER"),
        (0, 1_000, "SILVER"),
        (1_999_999, 4_999, "SILVER"),
        (2_000_000, 0, "GOLD"),
        (0, 10_000, "DIAMOND"),
        (5_000_000, 0, "DIAMOND"),
        (-1, -1, "BASE"),
    ],
)
def test_spend_or_growth_reaches_a_tier_at_its_threshold(
    spend: int, growth: int, tier: str
) -> None:
    assert tier_of(Money(spend), Growth(growth), PROGRAMME) == tier


@given(figures, figures)
def test_more_spend_or_growth_never_lowers_a_tier(
    one: tuple[int, int], more: tuple[int, int]
) -> None:
    before = tier_of(Money(one[0]), Growth(one[1]), PROGRAMME)
    after = tier_of(Money(one[0] + more[0]), Growth(one[1] + more[1]), PROGRAMME)

    assert rank_of(after, PROGRAMME) >= rank_of(before, PROGRAMME)


def test_a_tier_has_the_name_that_people_read() -> None:
    assert tier_name("SILVER", PROGRAMME) == "银卡会员"


def test_the_gap_names_the_missing_money_and_the_missing_growth() -> None:
    gap = next_tier("BASE", Money(499_999), Growth(920), PROGRAMME)

    assert gap == TierGap("SILVER", Money(1), Growth(80), BasisPoints(9_999))


def test_the_gap_follows_the_nearer_way_and_never_passes_the_goal() -> None:
    by_growth = next_tier("SILVER", Money(500_000), Growth(2_500), PROGRAMME)
    reached_already = next_tier("SILVER", Money(2_500_000), Growth(6_000), PROGRAMME)
    owing = next_tier("BASE", Money(-5), Growth(-5), PROGRAMME)

    assert by_growth == TierGap("GOLD", Money(1_500_000), Growth(2_500), BasisPoints(5_000))
    assert reached_already == TierGap("GOLD", Money(0), Growth(0), BasisPoints(10_000))
    assert owing == TierGap("SILVER", Money(500_005), Growth(1_005), BasisPoints(0))


def test_nothing_is_above_the_highest_tier() -> None:
    assert next_tier("DIAMOND", Money(1), Growth(1), PROGRAMME) is None


def test_the_order_that_reaches_500000_makes_a_silver_member_at_once() -> None:
    below = upgraded(499_999, 999)
    reached = upgraded(500_000, 999)

    assert below == BASE
    assert reached == TierState("SILVER", DAY, YEAR_LATER, ORDER, BASE)


def test_an_order_never_lowers_a_protected_tier() -> None:
    protected = TierState("GOLD", date(2026, 1, 1), date(2027, 1, 1))

    assert upgraded(500_000, 0, protected) == protected


def test_returning_half_of_the_order_that_caused_the_upgrade_undoes_it() -> None:
    silver = upgraded(520_000, 1_040)

    assert silver.code == "SILVER"
    assert after_return(silver, 490_000, 980) == BASE


def test_returning_little_enough_keeps_the_tier() -> None:
    silver = upgraded(520_000, 1_040)

    assert after_return(silver, 505_000, 1_010) == silver
    assert after_return(silver, 490_000, 1_000) == silver


def test_returning_another_order_leaves_the_tier_to_the_review() -> None:
    silver = upgraded(520_000, 1_040)

    assert after_return(silver, 10_000, 20, OTHER_ORDER) == silver


def test_an_undone_upgrade_falls_no_lower_than_the_order_found_it() -> None:
    protected_silver = TierState("SILVER", date(2026, 2, 1), date(2027, 2, 1))
    gold = upgraded(2_000_000, 0, protected_silver)

    assert after_return(gold, 0, 0) == protected_silver


def test_an_upgrade_of_two_levels_is_undone_as_far_as_the_figures_say() -> None:
    gold = upgraded(2_000_000, 0)

    to_silver = after_return(gold, 600_000, 0)
    to_base = after_return(to_silver, 0, 0)

    assert to_silver == TierState("SILVER", DAY, YEAR_LATER, ORDER, BASE)
    assert to_base == BASE


def test_an_upgrade_whose_earlier_state_is_unknown_falls_to_what_the_figures_say() -> None:
    silver = TierState("SILVER", DAY, YEAR_LATER, ORDER)

    assert after_return(silver, 0, 0).code == "BASE"


def test_a_programme_may_leave_upgrades_standing() -> None:
    lenient = parse_programme(changed("tier_rules.refund_reverses_upgrade", "false"))
    silver = upgraded(520_000, 1_040)

    assert tier_after_refund(silver, Money(), Growth(), ORDER, lenient) == silver


def test_nothing_is_reviewed_while_the_protection_lasts() -> None:
    gold = upgraded(2_000_000, 0)

    assert reviewed(gold, 0, date(2027, 5, 31)) == gold


def test_a_review_lowers_a_tier_by_one_level_and_protects_it_again() -> None:
    diamond = upgraded(5_000_000, 0)

    assert reviewed(diamond, 0) == TierState("GOLD", YEAR_LATER, date(2028, 5, 31))


def test_a_review_confirms_a_tier_that_is_still_reached() -> None:
    gold = upgraded(2_000_000, 0)

    assert reviewed(gold, 2_000_000) == TierState("GOLD", DAY, date(2028, 5, 31))


def test_a_review_of_an_unprotected_member_stays_at_the_lowest_tier() -> None:
    assert reviewed(BASE, 0).code == "BASE"
