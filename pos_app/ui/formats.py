"""Amounts, rates and times as people read them; no Qt in here."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pos_app.language import _, _n, spoken
from pos_app.money import Amount, BasisPoints, Money

MINUS = "\u2212"
PLUS = "+"
THIN = "\u2009"
YUAN = "\u00a5"


def money(amount: Money) -> str:
    """Return "¥1,268.50"; the sign of a negative sum stands before the yuan sign."""
    yuan = f"{YUAN}{figures(amount)}"
    return f"{MINUS}{THIN}{yuan}" if amount.minor < 0 else yuan


def signed(amount: Money) -> str:
    """Return a movement with its sign: "+ ¥500.00", "− ¥30.00"; zero has none."""
    return f"{PLUS}{THIN}{money(amount)}" if amount.minor > 0 else money(amount)


def figures(amount: Money) -> str:
    """Return "1,268.50": no sign, no unit."""
    yuan, fen = divmod(abs(amount.minor), 100)
    return f"{yuan:,}.{fen:02}"


def short_money(amount: Money) -> str:
    """Return "¥200" for whole yuan, else the full figures: for conditions and chips."""
    yuan, fen = divmod(abs(amount.minor), 100)
    if fen:
        return money(amount)
    return f"{MINUS}{THIN}{YUAN}{yuan:,}" if amount.minor < 0 else f"{YUAN}{yuan:,}"


def entry(amount: Money) -> str:
    """Return "1268.50", as the amount box takes it."""
    yuan, fen = divmod(abs(amount.minor), 100)
    return f"{yuan}.{fen:02}"


def points(amount: Amount) -> str:
    """Return "8,420"."""
    number = f"{abs(amount.minor):,}"
    return f"{MINUS}{THIN}{number}" if amount.minor < 0 else number


def signed_points(amount: Amount) -> str:
    """Return a movement of points with its sign."""
    return f"{PLUS}{THIN}{points(amount)}" if amount.minor > 0 else points(amount)


def percent(rate: BasisPoints) -> str:
    """Return "68 %" or "12.5 %"."""
    return f"{_trimmed(rate.value, 100)}{THIN}%"


def discount(rate: BasisPoints) -> str:
    """Say what is paid of the price: 9500 is "5% off", in Chinese nine and a half tenths."""
    if spoken().startswith("zh"):
        return _("{tenths} tenths of the price").format(tenths=_trimmed(rate.value, 1000))
    return _("{off}% off").format(off=_trimmed(10_000 - rate.value, 100))


def duration(span: timedelta) -> str:
    """Return "42 s", "2 min 14 s" or "3 h 5 min"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return _("{seconds} s").format(seconds=seconds)
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)
    hours, minutes = divmod(minutes, 60)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def days_left(days: int) -> str:
    """Say how long something is still good."""
    if days <= 0:
        return _("Expires today")
    return _n("{days} day left", "{days} days left", days).format(days=days)


def clock_time(at: datetime, *, zone: ZoneInfo) -> str:
    """Return the store's wall clock, "14:30"."""
    return f"{at.astimezone(zone):%H:%M}"


def day_and_time(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """Return "today 09:12", "yesterday 17:21", "11-18 19:40" or, of another year, "2025-11-18"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    time = f"{local:%H:%M}"
    if local.date() == today:
        return _("today {time}").format(time=time)
    if local.date() == today - timedelta(days=1):
        return _("yesterday {time}").format(time=time)
    return f"{local:%m-%d} {time}" if local.year == today.year else f"{local:%Y-%m-%d}"


def as_of(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """Return when old data was right: "14:30", with the day before it where that is another."""
    local = at.astimezone(zone)
    same = local.date() == now.astimezone(zone).date()
    return f"{local:%H:%M}" if same else f"{local:%m-%d %H:%M}"


def exact(at: datetime, *, zone: ZoneInfo) -> str:
    """Return the whole moment, for a tool tip: "2026-11-21 14:35:20"."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _trimmed(value: int, unit: int) -> str:
    whole, rest = divmod(value, unit)
    decimals = f"{rest:0{len(str(unit)) - 1}}".rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)
