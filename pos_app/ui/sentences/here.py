"""Where the store is: the wall clock by which sentences name a time."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


class _Here:
    """One store for the process."""

    zone: tzinfo = UTC


def stand_in(zone: tzinfo) -> None:
    """Name times by this zone's clock from now on; called once the ledger is open."""
    _Here.zone = zone


def wall_clock(at: datetime) -> str:
    """Return "14:30"."""
    return f"{at.astimezone(_Here.zone):%H:%M}"
