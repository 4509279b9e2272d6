"""How a member stands, as HQ found it: tags with what made them, stage, band, rewards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pos_app.ledger.store.event import moment
from pos_app.money import Growth, Money, Points

_NAMES = ("tags", "stage", "staged_on", "band", "scores", "rewards")


@dataclass(frozen=True, slots=True)
class MemberTag:
    """A tag since a day, and what HQ found on the day `as_of` by a rule of a programme.

    `count` purchases made it; `orders` are the latest of them.
    """

    name: str
    category: str
    since: date
    as_of: date
    rule: str
    programme: str
    count: int
    orders: tuple[tuple[date, Money], ...]


@dataclass(frozen=True, slots=True)
class Rewarded:
    """What a member did beside buying, and what HQ gave for it; `pending` points wait there.

    A newer HQ may reward what this program has no name for.
    """

    at: datetime
    behaviour: str
    points: Points
    pending: Points
    growth: Growth


@dataclass(frozen=True, slots=True)
class Standing:
    """What HQ found; nothing where it never looked. `scores`: recency, frequency, money, 1 to 5.

    `rewards` are the latest, the newest first.
    """

    tags: tuple[MemberTag, ...] = ()
    stage: str = ""
    staged_on: date | None = None
    band: str = ""
    scores: tuple[int, ...] = ()
    rewards: tuple[Rewarded, ...] = ()


UNKNOWN = Standing()


def told_standing(body: Mapping[str, Any]) -> str:
    """Return what a member's body says of it, to be kept; an older HQ says nothing.

    Raises like any reading of what HQ told where it cannot be read.
    """
    told = {name: body[name] for name in _NAMES if body.get(name)}
    if not told:
        return ""
    _read(told)
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def standing_from(kept: str) -> Standing:
    """Return what was kept."""
    return _read(json.loads(kept)) if kept else UNKNOWN


def _read(told: Mapping[str, Any]) -> Standing:
    day = told.get("staged_on")
    return Standing(
        tags=tuple(_tag(*one[:8]) for one in told.get("tags", ())),
        stage=str(told.get("stage", "")),
        staged_on=None if day is None else date.fromisoformat(day),
        band=str(told.get("band", "")),
        scores=tuple(map(int, told.get("scores", ()))),
        rewards=tuple(_rewarded(*one[:5]) for one in told.get("rewards", ())),
    )


def _rewarded(*told: Any) -> Rewarded:  # noqa: ANN401 -- decoded JSON
    at, behaviour, points, pending, growth = told
    figures = (Points(int(points)), Points(int(pending)), Growth(int(growth)))
    return Rewarded(moment(int(at)), str(behaviour), *figures)


def _tag(*told: Any) -> MemberTag:  # noqa: ANN401 -- decoded JSON
    name, category, since, as_of, rule, programme, count, orders = told
    return MemberTag(
        name=str(name),
        category=str(category),
        since=date.fromisoformat(since),
        as_of=date.fromisoformat(as_of),
        rule=str(rule),
        programme=str(programme),
        count=int(count),
        orders=tuple((date.fromisoformat(day), Money(int(fen))) for day, fen in orders),
    )
