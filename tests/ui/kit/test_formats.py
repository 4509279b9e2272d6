"""Amounts and times read the same everywhere."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pos_app.money import BasisPoints, Money, Points
from pos_app.ui import formats

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, 6, 30, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (126850, "¥1,268.50"),
        (0, "¥0.00"),
        (5, "¥0.05"),
        (99_999_999, "¥999,999.99"),
        (-3000, "\u2212\u2009¥30.00"),
        (-5, "\u2212\u2009¥0.05"),
    ],
)
def test_money_has_two_decimals_and_its_sign_before_the_yuan(fen: int, text: str) -> None:
    assert formats.money(Money(fen)) == text


def test_a_movement_always_shows_its_direction() -> None:
    assert formats.signed(Money(50000)) == "+\u2009¥500.00"
    assert formats.signed(Money(-8600)) == "\u2212\u2009¥86.00"
    assert formats.signed(Money(0)) == "¥0.00"


def test_whole_yuan_are_written_short_in_conditions() -> None:
    assert formats.short_money(Money(20000)) == "¥200"
    assert formats.short_money(Money(20050)) == "¥200.50"
    assert formats.short_money(Money(-20000)) == "\u2212\u2009¥200"


def test_the_entry_of_an_amount_has_no_separators() -> None:
    assert formats.entry(Money(126850)) == "1268.50"


def test_points_have_thousands() -> None:
    assert formats.points(Points(8420)) == "8,420"
    assert formats.points(Points(-120)) == "\u2212\u2009120"
    assert formats.signed_points(Points(269)) == "+\u2009269"


def test_rates_drop_empty_decimals() -> None:
    assert formats.percent(BasisPoints(6800)) == "68\u2009%"
    assert formats.percent(BasisPoints(1250)) == "12.5\u2009%"
    assert formats.discount(BasisPoints(9500)) == "5% off"
    assert formats.discount(BasisPoints(8850)) == "11.5% off"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(42, "42 s"), (134, "2 min 14 s"), (11_100, "3 h 5 min"), (-3, "0 s")],
)
def test_durations_are_told_in_two_steps(seconds: int, text: str) -> None:
    assert formats.duration(timedelta(seconds=seconds)) == text


def test_days_left_are_counted_in_words() -> None:
    assert formats.days_left(12) == "12 days left"
    assert formats.days_left(1) == "1 day left"
    assert formats.days_left(0) == "Expires today"


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 11, 21, 1, 12, tzinfo=UTC), "today 09:12"),
        (datetime(2026, 11, 20, 9, 21, tzinfo=UTC), "yesterday 17:21"),
        (datetime(2026, 11, 18, 11, 40, tzinfo=UTC), "11-18 19:40"),
        (datetime(2025, 11, 18, 11, 40, tzinfo=UTC), "2025-11-18"),
        (datetime(2026, 11, 20, 16, 5, tzinfo=UTC), "today 00:05"),
    ],
)
def test_moments_are_told_relative_to_the_stores_day(at: datetime, text: str) -> None:
    assert formats.day_and_time(at, now=NOW, zone=ZONE) == text


def test_a_tool_tip_has_the_exact_moment_of_the_store() -> None:
    assert formats.exact(NOW, zone=ZONE) == "2026-11-21 14:30:20"
    assert formats.clock_time(NOW, zone=ZONE) == "14:30"
