"""Rolling windows: what of a member's history counts today."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.ledger.rules.programme import Programme
from pos_app.money import Growth, Money

NO_MONEY = Money()
NO_GROWTH = Growth()


@dataclass(frozen=True, slots=True)
class Qualified:
    """Spend and growth that an order or a behaviour of a business day brought.

    A return is a negative row on the day of the sale that it undoes.
    """

    on: date
    spend: Money = NO_MONEY
    growth: Growth = NO_GROWTH


@dataclass(frozen=True, slots=True)
class Figures:
    """What counts towards a tier, over the days from `since`."""

    spend: Money
    growth: Growth
    since: date


def in_window(on: date, today: date, days: int) -> bool:
    """Say whether a day is one of the last so many, today counted (D-16: 05-02 to 05-31 is 30)."""
    return 0 <= (today - on).days < days


def figures_on(rows: Iterable[Qualified], today: date, programme: Programme) -> Figures:
    """Sum what counts towards a tier on a business day (TIR-01, `growth.window_days`)."""
    days = programme.growth.window_days
    counted = [row for row in rows if in_window(row.on, today, days)]
    return Figures(
        spend=Money(sum(row.spend.minor for row in counted)),
        growth=Growth(sum(row.growth.minor for row in counted)),
        since=today - timedelta(days=days - 1),
    )


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later (earlier if negative), or that month's last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
