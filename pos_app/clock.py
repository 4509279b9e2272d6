"""Where the time comes from, and which trading day it belongs to."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the machine's time, aware, in UTC. The only reader of the machine's clock."""
    return datetime.now(UTC)  # noqa: TID251 -- this is the door that the ban points to


def business_date(at: datetime, *, zone: ZoneInfo, cutover: time) -> date:
    """Return the trading day of a moment: before the cut-over it is still the day before."""
    local = at.astimezone(zone)
    return local.date() - timedelta(days=1) if local.time() < cutover else local.date()
