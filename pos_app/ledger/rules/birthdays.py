"""On which day of a year a birthday falls, and the coupon that goes before it."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.lunar import FIRST_YEAR, LAST_YEAR, solar_date
from pos_app.ledger.rules.programme import Programme

CHANGE_WINDOW = timedelta(days=365)
_LEAP = 2


@dataclass(frozen=True, slots=True)
class BirthdayCoupon:
    """A birthday coupon: for which year of which calendar, on which solar day, from when."""

    lunar: bool
    year: int
    birthday: date
    issue_on: date


def birthday_of(text: str | None, lunar: int) -> Birthday | None:
    """Read "1990-03-07", or "--03-07" without a year; lunar: 0 no, 1 yes, 2 in a leap month."""
    if not text:
        return None
    year, month, day = text[:-6], text[-5:-3], text[-2:]
    known = int(year) if year.isdigit() else None
    return Birthday(int(month), int(day), known, lunar=lunar > 0, leap=lunar == _LEAP)


def birthday_text(birthday: Birthday) -> tuple[str, int]:
    """Write a birthday so that `birthday_of` reads it back."""
    year = "-" if birthday.year is None else f"{birthday.year:04}"
    lunar = _LEAP if birthday.leap else int(birthday.lunar)
    return f"{year}-{birthday.month:02}-{birthday.day:02}", lunar


def birthday_in(birthday: Birthday, year: int) -> date:
    """Return the date of a birthday in a year of its own calendar.

    29 February is the 28th in a common year; the rules for a lunar date are those of `solar_date`.
    """
    if birthday.lunar:
        return solar_date(year, birthday.month, birthday.day, leap=birthday.leap)
    last = calendar.monthrange(year, birthday.month)[1]
    return date(year, birthday.month, min(birthday.day, last))


def birthdays_within(birthday: Birthday, first: date, last: date) -> tuple[date, ...]:
    """Return the solar dates of a birthday from `first` to `last`, both included.

    A lunar birthday may fall twice in a solar year, or never: its year ends in January or February.
    """
    return tuple(
        day for _, day in _falls(birthday, first.year - 1, last.year + 1) if first <= day <= last
    )


def is_birthday_month(birthday: Birthday, today: date) -> bool:
    """Say whether a date of this birthday falls in today's month (PTS-02, SVC-02)."""
    if not birthday.lunar:
        return today.month == birthday.month
    last = calendar.monthrange(today.year, today.month)[1]
    return bool(birthdays_within(birthday, today.replace(day=1), today.replace(day=last)))


def coupon_due(
    birthday: Birthday, issued: Iterable[BirthdayCoupon], today: date, programme: Programme
) -> BirthdayCoupon | None:
    """Return the birthday coupon that is to be issued today, or None (AUT-01, D-20).

    It is due from `coupon_days_before` the birthday through the birthday itself, so that a missed
    day is made up for and who joins in that week gets it too.

    One coupon for each year of the calendar that the member keeps: a lunar birthday that a solar
    year has twice, or never, still gives one for each lunar year. After a change of the calendar
    the solar years are compared, so that the change brings no second one.
    """
    before = timedelta(days=programme.birthday.coupon_days_before)
    given = tuple(issued)
    for year, day in _falls(birthday, today.year - 1, today.year + 1):
        coupon = BirthdayCoupon(birthday.lunar, year, day, day - before)
        if coupon.issue_on <= today <= day and not any(_same_year(coupon, one) for one in given):
            return coupon
    return None


def _same_year(one: BirthdayCoupon, other: BirthdayCoupon) -> bool:
    if one.lunar == other.lunar:
        return one.year == other.year
    return one.birthday.year == other.birthday.year


def change_allowed_from(changes: Sequence[date], programme: Programme) -> date | None:
    """Return the first day on which a birthday may be changed again, or None for never.

    So many changes within any 365 days; a birthday that was never changed is free at once.
    """
    limit = programme.birthday.change_limit_per_year
    if limit == 0:
        return None
    latest = sorted(changes)[-limit:]
    return date.min if len(latest) < limit else latest[0] + CHANGE_WINDOW


def _falls(birthday: Birthday, first_year: int, last_year: int) -> list[tuple[int, date]]:
    """Return each year of the birthday's own calendar with the solar date of the birthday."""
    years = range(first_year, last_year + 1)
    if birthday.lunar:
        years = range(max(first_year, FIRST_YEAR), min(last_year, LAST_YEAR) + 1)
    return [(year, birthday_in(birthday, year)) for year in years]
