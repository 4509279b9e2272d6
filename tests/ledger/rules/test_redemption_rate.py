"""The redemption rate of twelve months stays between 28 and 32 percent, or somebody is told."""

import pytest

from pos_app.ledger.rules.redemption_rate import (
    PointsDay,
    RateAlarm,
    RedemptionRate,
    redemption_rate,
)
from pos_app.money import BasisPoints, Points
from tests.ledger.rules.till import PROGRAMME, day

TODAY = day("2026-06-30")


def points_day(on: str, issued: int, redeemed: int) -> PointsDay:
    return PointsDay(day(on), Points(issued), Points(redeemed))


@pytest.mark.parametrize(
    ("issued", "redeemed", "rate", "alarm"),
    [
        (10_000, 2_799, 2_799, RateAlarm.LOW),
        (10_000, 2_800, 2_800, RateAlarm.NONE),
        (10_000, 3_200, 3_200, RateAlarm.NONE),
        (10_000, 3_201, 3_201, RateAlarm.HIGH),
        (100_000, 32_001, 3_200, RateAlarm.HIGH),
        (100_000, 27_999, 2_799, RateAlarm.LOW),
        (100, 0, 0, RateAlarm.LOW),
        (0, 0, None, RateAlarm.NONE),
        (0, 5, None, RateAlarm.HIGH),
    ],
)
def test_the_band_is_inclusive_and_compared_exactly(
    issued: int, redeemed: int, rate: int | None, alarm: RateAlarm
) -> None:
    answer = redemption_rate([points_day("2026-06-30", issued, redeemed)], TODAY, PROGRAMME)

    assert answer.rate == (None if rate is None else BasisPoints(rate))
    assert answer.alarm is alarm


def test_twelve_months_count_and_nothing_before() -> None:
    days = [
        points_day("2025-06-30", 9, 9),
        points_day("2025-07-01", 1_000, 0),
        points_day("2026-06-30", 0, 300),
        points_day("2026-07-01", 9, 9),
    ]

    assert redemption_rate(days, TODAY, PROGRAMME) == RedemptionRate(
        since=day("2025-07-01"),
        issued=Points(1_000),
        redeemed=Points(300),
        rate=BasisPoints(3_000),
        band=(BasisPoints(2_800), BasisPoints(3_200)),
        alarm=RateAlarm.NONE,
    )
