"""On which day of a year a birthday falls, in the calendar that the member keeps."""

import calendar
from datetime import date

from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.lunar import solar_date


def birthday_in(birthday: Birthday, year: int) -> date:
    """Return the date of a birthday in a year of its own calendar.

    29 February is the 28th in a common year; the rules for a lunar date are those of `solar_date`.
    """
    if birthday.lunar:
        return solar_date(year, birthday.month, birthday.day, leap=birthday.leap)
    last = calendar.monthrange(year, birthday.month)[1]
    return date(year, birthday.month, min(birthday.day, last))


def is_birthday_month(birthday: Birthday, today: date) -> bool:
    """Say whether a date of this birthday falls in today's month.

    A lunar year ends in the solar year after it, so two of them are looked at.
    """
    if not birthday.lunar:
        return today.month == birthday.month
    dates = (birthday_in(birthday, year) for year in (today.year - 1, today.year))
    return any((day.year, day.month) == (today.year, today.month) for day in dates)
