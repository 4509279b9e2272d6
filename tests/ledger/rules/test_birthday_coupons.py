"""One birthday coupon a year, in time, whatever the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.birthdays import (
    BirthdayCoupon,
    birthdays_within,
    change_allowed_from,
    coupon_due,
    is_birthday_month,
)
from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.lunar import LAST_YEAR
from pos_app.ledger.rules.programme import parse_programme
from tests.ledger.rules.shipped_programme import changed
from tests.ledger.rules.till import PROGRAMME, day

MID_AUTUMN = Birthday(8, 15, lunar=True)
LEAP_SIXTH = Birthday(6, 1, lunar=True, leap=True)
NEW_YEARS_EVE = Birthday(12, 30, lunar=True)
TWELFTH = Birthday(12, 1, lunar=True)
LEAP_DAY = Birthday(2, 29)
MARCH = Birthday(3, 7)


def issued_over(birthday: Birthday, first: str, last: str) -> list[BirthdayCoupon]:
    """Run the daily job from one day to another."""
    given_so_far: list[BirthdayCoupon] = []
    today = day(first)
    while today <= day(last):
        due = coupon_due(birthday, given_so_far, today, PROGRAMME)
        if due is not None:
            assert today == due.issue_on or today == day(first)
            given_so_far.append(due)
        today += timedelta(days=1)
    return given_so_far


@pytest.mark.parametrize(
    ("birthday", "falls_on", "issued_on"),
    [
        (MID_AUTUMN, "2025-10-06", "2025-09-29"),
        (MID_AUTUMN, "2026-09-25", "2026-09-18"),
        (LEAP_SIXTH, "2025-07-25", "2025-07-18"),
        (LEAP_SIXTH, "2026-07-14", "2026-07-07"),
        (NEW_YEARS_EVE, "2026-02-16", "2026-02-09"),
        (LEAP_DAY, "2026-02-28", "2026-02-21"),
        (LEAP_DAY, "2028-02-29", "2028-02-22"),
    ],
)
def test_d20_the_coupon_is_issued_seven_days_before(
    birthday: Birthday, falls_on: str, issued_on: str
) -> None:
    eve = day(issued_on) - timedelta(days=1)

    due = coupon_due(birthday, (), day(issued_on), PROGRAMME)

    assert due is not None
    assert (due.birthday, due.issue_on) == (day(falls_on), day(issued_on))
    assert coupon_due(birthday, (), eve, PROGRAMME) is None
    assert is_birthday_month(birthday, day(falls_on))


def test_d20_changing_the_calendar_after_the_coupon_gives_no_second_one() -> None:
    given_already = BirthdayCoupon(
        lunar=False, year=2026, birthday=day("2026-03-07"), issue_on=day("2026-02-28")
    )

    assert coupon_due(MID_AUTUMN, [given_already], day("2026-09-18"), PROGRAMME) is None
    assert coupon_due(MID_AUTUMN, [given_already], day("2027-09-08"), PROGRAMME) is not None


def test_a_lunar_year_that_ends_in_the_next_solar_year_counts_there_after_a_change() -> None:
    new_years_eve = BirthdayCoupon(
        lunar=True, year=2025, birthday=day("2026-02-16"), issue_on=day("2026-02-09")
    )

    assert coupon_due(MARCH, [new_years_eve], day("2026-02-28"), PROGRAMME) is None
    assert coupon_due(MARCH, [new_years_eve], day("2027-02-28"), PROGRAMME) is not None


def test_correcting_the_day_after_the_coupon_gives_no_second_one() -> None:
    (given_already,) = issued_over(MARCH, "2026-01-01", "2026-03-31")

    assert coupon_due(Birthday(9, 7), [given_already], day("2026-09-01"), PROGRAMME) is None


def test_a_birthday_twice_or_never_in_a_solar_year_gives_one_coupon_for_each_lunar_year() -> None:
    falls = {
        year: birthdays_within(TWELFTH, date(year, 1, 1), date(year, 12, 31))
        for year in (2023, 2024, 2025, 2026)
    }

    coupons = issued_over(TWELFTH, "2023-02-01", "2026-12-30")

    assert falls[2023] == ()
    assert falls[2024] == (day("2024-01-11"), day("2024-12-31"))
    assert falls[2025] == ()
    assert falls[2026] == (day("2026-01-19"),)
    assert [(one.year, one.birthday) for one in coupons] == [
        (2023, day("2024-01-11")),
        (2024, day("2024-12-31")),
        (2025, day("2026-01-19")),
    ]


def test_a_missed_day_is_made_up_for_until_the_birthday() -> None:
    assert coupon_due(MARCH, (), day("2026-03-07"), PROGRAMME) is not None
    assert coupon_due(MARCH, (), day("2026-03-08"), PROGRAMME) is None


def test_a_birthday_in_early_january_has_its_coupon_in_december() -> None:
    due = coupon_due(Birthday(1, 3), (), day("2026-12-27"), PROGRAMME)

    assert due == BirthdayCoupon(
        lunar=False, year=2027, birthday=day("2027-01-03"), issue_on=day("2026-12-27")
    )


def test_the_lunar_table_ends_and_so_do_its_birthdays() -> None:
    after = date(LAST_YEAR + 5, 1, 1)

    assert birthdays_within(MID_AUTUMN, after, after + timedelta(days=400)) == ()
    assert not is_birthday_month(MID_AUTUMN, after)


@given(
    st.builds(
        Birthday,
        month=st.integers(1, 12),
        day=st.integers(1, 30),
        lunar=st.just(value=True),
        leap=st.booleans(),
    )
)
def test_no_calendar_gives_more_or_fewer_coupons_than_years(birthday: Birthday) -> None:
    coupons = []
    for year in range(2020, 2031):
        first, last = date(year, 1, 1), date(year, 12, 31)
        coupons += list(birthdays_within(birthday, first, last))

    assert coupons == sorted(set(coupons))
    assert len(coupons) in {10, 11, 12}


@pytest.mark.parametrize(
    ("limit", "changes", "free_from"),
    [
        (1, [], date.min),
        (1, ["2026-03-01"], "2027-03-01"),
        (1, ["2025-01-01", "2026-03-01"], "2027-03-01"),
        (2, ["2026-03-01"], date.min),
        (2, ["2026-05-01", "2026-03-01"], "2027-03-01"),
        (0, [], None),
    ],
)
def test_a_birthday_is_changed_once_a_year(
    limit: int, changes: list[str], free_from: str | date | None
) -> None:
    rules = parse_programme(changed("birthday.change_limit_per_year", str(limit)))
    expected = day(free_from) if isinstance(free_from, str) else free_from

    assert change_allowed_from([day(one) for one in changes], rules) == expected
