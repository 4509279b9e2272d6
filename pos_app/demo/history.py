"""A year of comings and goings: who comes in when, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

DAYS = 365
OPEN_MINUTES = 12 * 60
VISITS_OF_THE_BEST = 30
_EARLY = 1.6
_REGULAR = 1.1


@dataclass
class DemoClock:
    """The clock of the demo's past."""

    at: datetime

    def __call__(self) -> datetime:
        """Return the moment of the past that is being made."""
        return self.at


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody comes in: for the first time, or again."""

    at: datetime
    who: int
    joins: bool


def comings(count: int, visits: int, dice: Random, opening: datetime) -> list[Coming]:
    """Return a year of comings from an opening hour on: all join once, regulars come back often.

    The first of all, number 0, is the store's best customer.
    """
    joined = [0, *(int(DAYS * dice.random() ** _EARLY) for _ in range(count - 1))]
    found = [_coming(dice, opening, day, who, joins=True) for who, day in enumerate(joined)]
    weights = [dice.paretovariate(_REGULAR) for _ in range(count)]
    best = (0 for _ in range(VISITS_OF_THE_BEST))
    for who in (*best, *dice.choices(range(count), weights, k=visits)):
        day = dice.randint(joined[who], DAYS - 1)
        found.append(_coming(dice, opening, day, who, joins=False))
    return sorted(found, key=lambda one: (one.at, not one.joins))


def _coming(dice: Random, opening: datetime, day: int, who: int, *, joins: bool) -> Coming:
    seconds = dice.randrange(OPEN_MINUTES * 60)
    return Coming(opening + timedelta(days=day, seconds=seconds), who, joins)
