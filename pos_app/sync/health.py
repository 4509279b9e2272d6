"""How the link to HQ fares: five states, told without flapping, and when to try again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

SLOW_FROM = timedelta(milliseconds=1500)
STEADY_FOR = timedelta(seconds=10)
PROBES_TO_OFFLINE = 2
EVERY_S = 5.0
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
STUCK_AFTER = timedelta(minutes=5)


class Link(StrEnum):
    """What the badge says; the most severe wins."""

    ALONE = "alone"
    ACTION = "action"
    OFFLINE = "offline"
    SLOW = "slow"
    SYNCING = "syncing"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Health:
    """The link as it was last seen.

    `cause` is the code of what keeps it from working, `since` when it changed between on and off,
    `moved_at` when an event or a page of the feed last got through.
    """

    online: bool = False
    failures: int = 0
    cause: str = ""
    since: datetime | None = None
    latency: timedelta = timedelta()
    moved_at: datetime | None = None
    needs: str = ""


def answered(health: Health, at: datetime, latency: timedelta, *, moved: bool) -> Health:
    """Return the health after a cycle that went through: one success is back online."""
    since = health.since if health.online else at
    moved_at = at if moved or health.moved_at is None else health.moved_at
    return Health(online=True, since=since, latency=latency, moved_at=moved_at)


def failed(health: Health, at: datetime, cause: str) -> Health:
    """Return the health after a cycle that did not go through.

    It is offline after two, and not within ten seconds of coming back: the badge never flaps.
    """
    failures = health.failures + 1
    steady = health.since is None or at - health.since >= STEADY_FOR
    if health.online and (failures < PROBES_TO_OFFLINE or not steady):
        return replace(health, failures=failures, cause=cause)
    since = at if health.online or health.since is None else health.since
    return replace(health, online=False, failures=failures, cause=cause, since=since)


def needs_person(health: Health, at: datetime, need: str) -> Health:
    """Return the health when only a person can mend what is wrong; `need` is its code."""
    return replace(failed(health, at, need), needs=need)


def is_stuck(health: Health, at: datetime, *, waiting: int) -> bool:
    """Say whether events wait although HQ answers: the connection is then made anew."""
    stale = health.moved_at is not None and at - health.moved_at > STUCK_AFTER
    return health.online and waiting > 0 and stale


def wait_s(health: Health, jitter: float) -> float:
    """Return the seconds until the next try; `jitter` in 0..1 spreads the tills of a chain.

    Doubling from one second to a minute, between half and the whole of it.
    """
    if health.failures == 0:
        return EVERY_S
    whole = min(LONGEST_WAIT_S, FIRST_WAIT_S * float(2 ** min(health.failures - 1, 10)))
    return whole * (0.5 + jitter / 2)


def link_of(
    health: Health, *, waiting: int, open_cases: int, working: bool, reading: bool = False
) -> Link:
    """Return the badge's state: what needs somebody, then offline, slow, at work, online.

    At work is a long push, or the `reading` of much that HQ has to tell.
    """
    if health.needs or open_cases:
        return Link.ACTION
    if not health.online:
        return Link.OFFLINE
    if health.latency >= SLOW_FROM:
        return Link.SLOW
    return Link.SYNCING if reading or (working and waiting) else Link.ONLINE
