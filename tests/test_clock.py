"""Which trading day a moment belongs to, and that the machine's time knows its zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.clock import business_date, system_clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
FOUR = time(4)


def shanghai(*moment: int) -> datetime:
    year, month, day, hour, minute = moment
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (shanghai(2026, 6, 15, 12, 0), date(2026, 6, 15)),
        (shanghai(2026, 6, 15, 23, 59), date(2026, 6, 15)),
        (shanghai(2026, 6, 16, 0, 30), date(2026, 6, 15)),
        (shanghai(2026, 6, 16, 3, 59), date(2026, 6, 15)),
        (shanghai(2026, 6, 16, 4, 0), date(2026, 6, 16)),
        (shanghai(2026, 1, 1, 1, 0), date(2025, 12, 31)),
        (shanghai(2028, 3, 1, 2, 0), date(2028, 2, 29)),
    ],
)
def test_what_is_sold_after_midnight_belongs_to_the_evening_before(at: datetime, day: date) -> None:
    assert business_date(at, zone=SHANGHAI, cutover=FOUR) == day


def test_the_day_is_the_shops_and_not_the_clocks() -> None:
    at = datetime(2026, 6, 15, 20, 30, tzinfo=UTC)

    assert business_date(at, zone=SHANGHAI, cutover=FOUR) == date(2026, 6, 16)
    assert business_date(at, zone=NEW_YORK, cutover=FOUR) == date(2026, 6, 15)


def test_without_a_cut_over_the_day_begins_at_midnight() -> None:
    assert business_date(shanghai(2026, 6, 16, 0, 0), zone=SHANGHAI, cutover=time(0)) == date(
        2026, 6, 16
    )


@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- Hypothesis adds the zone
    later=st.timedeltas(timedelta(0), timedelta(days=3)),
)
def test_the_trading_day_never_goes_back(at: datetime, later: timedelta) -> None:
    first = business_date(at, zone=SHANGHAI, cutover=FOUR)
    second = business_date(at + later, zone=SHANGHAI, cutover=FOUR)

    assert first <= second <= first + later + timedelta(days=1)


def test_the_machines_time_is_in_utc_and_says_so() -> None:
    assert system_clock().tzinfo is UTC
