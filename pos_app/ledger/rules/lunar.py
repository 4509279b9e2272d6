"""The Chinese lunar calendar, as far as a birthday needs it."""

from datetime import date, timedelta
from itertools import accumulate

FIRST_YEAR = 1900
_NEW_YEAR = date(1900, 1, 31)
# One number a lunar year. Bits 15 to 4: the months 1 to 12 that have 30 days; bits 3 to 0: the
# month that is followed by a leap month; bit 16: that leap month has 30 days.
_TABLE = (
    "04bd8 04ae0 0a570 054d5 0d260 0d950 16554 056a0 09ad0 055d2 04ae0 0a5b6 "
    "0a4d0 0d250 1d255 0b540 0d6a0 0ada2 095b0 14977 04970 0a4b0 0b4b5 06a50 "
    "06d40 1ab54 02b60 09570 052f2 04970 06566 0d4a0 0ea50 16a95 05ad0 02b60 "
    "186e3 092e0 1c8d7 0c950 0d4a0 1d8a6 0b550 056a0 1a5b4 025d0 092d0 0d2b2 "
    "0a950 0b557 06ca0 0b550 15355 04da0 0a5b0 14573 052b0 0a9a8 0e950 06aa0 "
    "0aea6 0ab50 04b60 0aae4 0a570 05260 0f263 0d950 05b57 056a0 096d0 04dd5 "
    "04ad0 0a4d0 0d4d4 0d250 0d558 0b540 0b6a0 195a6 095b0 049b0 0a974 0a4b0 "
    "0b27a 06a50 06d40 0af46 0ab60 09570 04af5 04970 064b0 074a3 0ea50 06b58 "
    "05ac0 0ab60 096d5 092e0 0c960 0d954 0d4a0 0da50 07552 056a0 0abb7 025d0 "
    "092d0 0cab5 0a950 0b4a0 0baa4 0ad50 055d9 04ba0 0a5b0 15176 052b0 0a930 "
    "07954 06aa0 0ad50 05b52 04b60 0a6e6 0a4e0 0d260 0ea65 0d530 05aa0 076a3 "
    "096d0 04afb 04ad0 0a4d0 1d0b6 0d250 0d520 0dd45 0b5a0 056d0 055b2 049b0 "
    "0a577 0a4b0 0aa50 1b255 06d20 0ada0 14b63 09370 049f8 04970 064b0 168a6 "
    "0ea50 06b20 1a6c4 0aae0 092e0 0d2e3 0c960 0d557 0d4a0 0da50 05d55 056a0 "
    "0a6d0 055d4 052d0 0a9b8 0a950 0b4a0 0b6a6 0ad50 055a0 0aba4 0a5b0 052b0 "
    "0b273 06930 07337 06aa0 0ad50 14b55 04b60 0a570 054e4 0d160 0e968 0d520 "
    "0daa0 16aa6 056d0 04ae0 0a9d4 0a2d0 0d150 0f252 0d520 "
)
_WIDTH = len("00000 ")
_YEARS = tuple(int(_TABLE[place : place + _WIDTH], 16) for place in range(0, len(_TABLE), _WIDTH))
LAST_YEAR = FIRST_YEAR + len(_YEARS) - 1


def solar_date(year: int, month: int, day: int, *, leap: bool = False) -> date:
    """Return the solar date of a lunar date, for the lunar years 1900 to 2100.

    A leap month that the year does not have is its regular month; the 30th of a month of 29 days
    is its last day.
    """
    facts = _YEARS[year - FIRST_YEAR]
    in_leap = leap and facts & 0xF == month
    length = _leap_days(facts) if in_leap else _days(facts, month)
    before = sum(_days(facts, earlier) for earlier in range(1, month + in_leap))
    if 0 < facts & 0xF < month:
        before += _leap_days(facts)
    days = _DAYS_BEFORE[year - FIRST_YEAR] + before + min(day, length) - 1
    return _NEW_YEAR + timedelta(days)


def _days_of_year(facts: int) -> int:
    leap = _leap_days(facts) if facts & 0xF else 0
    return leap + sum(_days(facts, month) for month in range(1, 13))


def _days(facts: int, month: int) -> int:
    return 30 if facts >> (16 - month) & 1 else 29


def _leap_days(facts: int) -> int:
    return 30 if facts >> 16 else 29


_DAYS_BEFORE = (0, *accumulate(map(_days_of_year, _YEARS)))
