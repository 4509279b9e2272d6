"""What falls due by the calendar: newcomers, anniversaries, the days before a member day."""

import calendar
from datetime import date, timedelta

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.programme_benefits import CouponTemplate

MAKE_UP_DAYS = 7


def last_day(template: CouponTemplate, issued_on: date) -> date:
    """Return the last day of use of a coupon; the day of issue counts."""
    return issued_on + timedelta(days=template.valid_days - 1)


def newcomer_due(joined_on: date, today: date) -> bool:
    """Say whether a member joined so lately that the newcomer's coupon is due (AUT-02).

    A missed run is made up for within a week; who has been here for longer is no newcomer.
    """
    return 0 <= (today - joined_on).days < MAKE_UP_DAYS


def anniversary(joined_on: date, today: date) -> tuple[int, date] | None:
    """Return the years and the day of an anniversary that is to be told of today (AUT-01).

    Of 29 February it is the 28th in a common year; a missed run is made up for within a week.
    """
    for year in (today.year, today.year - 1):
        last = calendar.monthrange(year, joined_on.month)[1]
        on = date(year, joined_on.month, min(joined_on.day, last))
        if year > joined_on.year and 0 <= (today - on).days < MAKE_UP_DAYS:
            return year - joined_on.year, on
    return None


def member_day_ahead(today: date, programme: Programme) -> date | None:
    """Return the member day of which members are told today: it begins within so many days."""
    rules = programme.member_day
    for ahead in range(1, rules.pre_notice_days + 1):
        day = today + timedelta(days=ahead)
        if day.day == rules.day_of_month:
            return day
    return None
