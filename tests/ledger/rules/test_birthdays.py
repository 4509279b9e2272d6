"""Birthdays fall in the calendar that the member keeps."""

from datetime import date

import pytest

from pos_app.ledger.rules.birthdays import birthday_in, is_birthday_month
from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.lunar import FIRST_YEAR, LAST_YEAR, solar_date

MID_AUTUMN = Birthday(8, 15, lunar=True)
LEAP_SIXTH = Birthday(6, 1, lunar=True, leap=True)
NEW_YEARS_EVE = Birthday(12, 30, lunar=True)
LEAP_DAY = Birthday(2, 29, 2000)


@pytest.mark.parametrize(
    ("birthday", "year", "falls_on"),
    [
        (MID_AUTUMN, 2025, "2025-10-06"),
        (MID_AUTUMN, 2026, "2026-09-25"),
        (LEAP_SIXTH, 2025, "2025-07-25"),
        (LEAP_SIXTH, 2026, "2026-07-14"),
        (Birthday(6, 1, lunar=True), 2025, "2025-06-25"),
        (Birthday(7, 1, lunar=True), 2025, "2025-08-23"),
        (NEW_YEARS_EVE, 2025, "2026-02-16"),
        (LEAP_DAY, 2026, "2026-02-28"),
        (LEAP_DAY, 2028, "2028-02-29"),
        (Birthday(3, 7), 2026, "2026-03-07"),
    ],
)
def test_a_birthday_is_found_in_its_year(birthday: Birthday, year: int, falls_on: str) -> None:
    assert birthday_in(birthday, year) == date.fromisoformat(falls_on)


@pytest.mark.parametrize(
    ("birthday", "today", "is_on"),
    [
        (MID_AUTUMN, "2025-10-31", True),
        (MID_AUTUMN, "2026-10-01", False),
        (NEW_YEARS_EVE, "2026-02-01", True),
        (NEW_YEARS_EVE, "2026-12-30", False),
        (LEAP_DAY, "2026-02-01", True),
        (Birthday(3, 7), "2026-03-31", True),
        (Birthday(3, 7), "2026-04-01", False),
    ],
)
def test_the_birthday_month_is_the_month_of_that_years_date(
    birthday: Birthday, today: str, *, is_on: bool
) -> None:
    assert is_birthday_month(birthday, date.fromisoformat(today)) is is_on


def test_a_long_leap_month_has_its_thirtieth() -> None:
    assert solar_date(2017, 6, 30, leap=True) == date(2017, 8, 21)
    assert solar_date(2025, 6, 30, leap=True) == date(2025, 8, 22)


@pytest.mark.parametrize(
    ("year", "new_year"),
    [
        (FIRST_YEAR, date(1900, 1, 31)),
        (1985, date(1985, 2, 20)),
        (2000, date(2000, 2, 5)),
        (2023, date(2023, 1, 22)),
        (2033, date(2033, 1, 31)),
        (2034, date(2034, 2, 19)),
        (LAST_YEAR, date(2100, 2, 9)),
    ],
)
def test_lunar_new_years_are_where_the_almanac_has_them(year: int, new_year: date) -> None:
    assert solar_date(year, 1, 1) == new_year


def test_every_lunar_year_follows_on_the_one_before() -> None:
    for year in range(FIRST_YEAR, LAST_YEAR):
        days = (solar_date(year + 1, 1, 1) - solar_date(year, 12, 1)).days

        assert days in {29, 30}
