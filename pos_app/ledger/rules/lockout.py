"""When wrong PINs close the door, and when it opens again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_HARD_WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class LockRules:
    """So many wrong PINs in a row lock for a while; so many within 24 hours lock until a reset."""

    max_failures: int
    lock: timedelta
    hard_failures: int | None = None


@dataclass(frozen=True, slots=True)
class Failures:
    """The wrong PINs since the last reset, oldest first, and how many came after a right one."""

    at: tuple[datetime, ...] = ()
    in_a_row: int = 0


@dataclass(frozen=True, slots=True)
class Door:
    """Whether a PIN is looked at now. `until` is None while a lock has no end of its own."""

    locked: bool
    attempts_left: int
    until: datetime | None = None


def door(failures: Failures, rules: LockRules, now: datetime) -> Door:
    """Return whether a PIN is looked at now, and how often it may still be wrong.

    A lock begins with every `max_failures`-th wrong PIN in a row and is counted from that one;
    what is tried meanwhile does not count, so that a stranger cannot keep an owner out.
    """
    within_a_day = _within_a_day(failures)
    if rules.hard_failures is not None and within_a_day >= rules.hard_failures:
        return Door(locked=True, attempts_left=0)
    tried = failures.in_a_row % rules.max_failures
    if failures.in_a_row and tried == 0 and now < (until := failures.at[-1] + rules.lock):
        return Door(locked=True, attempts_left=0, until=until)
    left = rules.max_failures - tried
    if rules.hard_failures is None:
        return Door(locked=False, attempts_left=left)
    recent = sum(now - at < _HARD_WINDOW for at in failures.at)
    return Door(locked=False, attempts_left=min(left, rules.hard_failures - recent))


def door_everywhere(seen: Sequence[Failures], rules: LockRules, now: datetime) -> Door:
    """Return the door over what several terminals saw, each since the last right PIN (D-24).

    Terminals that are offline know nothing of each other's locks: a wrong PIN that one of them saw
    while the sum was locked starts the lock anew, so it is counted from the latest one.
    """
    row = sorted(at for one in seen for at in one.at[len(one.at) - one.in_a_row :])
    tried, until = 0, None
    for at in row:
        if until is None or at >= until:
            tried = tried % rules.max_failures + 1
        if tried == rules.max_failures:
            until = at + rules.lock
    known = tuple(sorted(at for one in seen for at in one.at))
    together = Failures(known, tried % rules.max_failures)
    answer = door(together, rules, now)
    if not answer.locked and until is not None and now < until:
        return Door(locked=True, attempts_left=0, until=until)
    return answer


def _within_a_day(failures: Failures) -> int:
    """Count back from the newest failure, not from now: a hard lock does not wear off."""
    return sum(failures.at[-1] - at < _HARD_WINDOW for at in failures.at) if failures.at else 0
