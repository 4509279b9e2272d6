"""Why a member stands at a tier is said with the figures that make it so."""

import pytest

from pos_app.ids import EventId, new_id
from pos_app.ledger.rules.tier_standing import (
    ManualTier,
    TierFloor,
    TierReason,
    TierStanding,
    floor_of,
    tier_on,
)
from pos_app.ledger.rules.tiers import TierState, tier_after_order, tier_after_refund
from pos_app.ledger.rules.windows import Figures
from pos_app.money import Growth, Money
from tests.ledger.rules.till import PROGRAMME, day

TODAY = day("2026-06-01")
SINCE = day("2025-06-02")
GOLD_FLOOR = TierFloor("GOLD", day("2026-06-02"))


def stands(
    spend: int, growth: int, floor: TierFloor | None = None, manual: ManualTier | None = None
) -> TierStanding:
    return tier_on(TODAY, Figures(Money(spend), Growth(growth), SINCE), floor, manual, PROGRAMME)


@pytest.mark.parametrize(
    ("spend", "growth", "code", "reason"),
    [
        (0, 0, "BASE", TierReason.LOWEST),
        (499_999, 999, "BASE", TierReason.LOWEST),
        (500_000, 999, "SILVER", TierReason.SPEND),
        (499_999, 1_000, "SILVER", TierReason.GROWTH),
        (500_000, 1_000, "SILVER", TierReason.SPEND_AND_GROWTH),
        (5_000_000, 0, "DIAMOND", TierReason.SPEND),
    ],
)
def test_the_figures_say_which_tier_and_by_which_way(
    spend: int, growth: int, code: str, reason: TierReason
) -> None:
    standing = stands(spend, growth)

    assert (standing.code, standing.reason, standing.until) == (code, reason, None)


def test_the_derivation_names_the_thresholds_and_the_window() -> None:
    standing = stands(520_000, 1_040)

    assert standing == TierStanding(
        code="SILVER",
        reason=TierReason.SPEND_AND_GROWTH,
        figures=Figures(Money(520_000), Growth(1_040), SINCE),
        spend_needed=Money(500_000),
        growth_needed=Growth(1_000),
        reached="SILVER",
    )


def test_a_protection_is_a_floor_until_the_day_it_ends() -> None:
    protected = stands(0, 0, GOLD_FLOOR)
    over = stands(0, 0, TierFloor("GOLD", TODAY))

    assert (protected.code, protected.reason) == ("GOLD", TierReason.PROTECTED)
    assert (protected.reached, protected.until) == ("BASE", GOLD_FLOOR.until)
    assert over.code == "BASE"


def test_a_tier_given_by_hand_holds_through_its_last_day() -> None:
    last_day = stands(0, 0, None, ManualTier("GOLD", TODAY))
    over = stands(0, 0, None, ManualTier("GOLD", day("2026-05-31")))

    assert (last_day.code, last_day.reason) == ("GOLD", TierReason.MANUAL)
    assert over.code == "BASE"


def test_a_tier_given_by_hand_lifts_and_never_lowers() -> None:
    figures_win = stands(5_000_000, 0, None, ManualTier("SILVER", TODAY))
    hand_wins = stands(0, 0, TierFloor("SILVER", day("2027-01-01")), ManualTier("GOLD", TODAY))
    floor_wins = stands(0, 0, GOLD_FLOOR, ManualTier("SILVER", TODAY))

    assert (figures_win.code, figures_win.reason) == ("DIAMOND", TierReason.SPEND)
    assert (hand_wins.code, hand_wins.reason) == ("GOLD", TierReason.MANUAL)
    assert (floor_wins.code, floor_wins.reason) == ("GOLD", TierReason.PROTECTED)


def test_on_equal_height_the_figures_are_the_reason() -> None:
    assert stands(2_000_000, 0, GOLD_FLOOR, ManualTier("GOLD", TODAY)).reason is TierReason.SPEND


def test_the_floor_of_a_held_tier_is_its_protection() -> None:
    assert floor_of(TierState("GOLD", SINCE, GOLD_FLOOR.until)) == GOLD_FLOOR
    assert floor_of(TierState("BASE", SINCE)) is None


def test_d16_one_more_fen_makes_a_silver_member() -> None:
    assert stands(499_999, 0).code == "BASE"
    assert stands(500_000, 0).code == "SILVER"


def test_d18_the_return_of_the_order_that_lifted_a_member_undoes_it() -> None:
    base, order = TierState("BASE", SINCE), EventId(new_id())

    silver = tier_after_order(base, Money(520_000), Growth(1_040), TODAY, order, PROGRAMME)
    half = tier_after_refund(silver, Money(490_000), Growth(980), order, PROGRAMME)
    little = tier_after_refund(silver, Money(505_000), Growth(1_010), order, PROGRAMME)

    assert (silver.code, silver.upgrade_source) == ("SILVER", order)
    assert half == base
    assert little == silver
