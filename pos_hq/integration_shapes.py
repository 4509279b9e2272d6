"""The shapes that the shop's other systems and HQ exchange."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from pos_app.ledger.rules.behaviours import Behaviour
from pos_app.sync.wire import Asked, Count, Identity, Told

Reference = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9._:-]{1,100}$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class BehaviourAsk(Asked):
    """A member did something at a moment (ms since 1970 UTC), once for each reference."""

    member: Identity
    behaviour: Behaviour
    at: Count
    reference: Reference


class Rewarded(Told):
    """What it was given, on which business day.

    `worth` and `growth_worth` are the programme's figures, nothing where it was done before; the
    day's caps may cut them. `pending` points wait for a person's review. `streak` counts days of
    signing in without a gap.
    """

    reference: Reference
    member: Identity
    behaviour: Behaviour
    on_day: Day
    worth: Count
    points: Count
    pending: Count
    growth_worth: Count
    growth: Count
    streak: Annotated[int, Field(ge=0, lt=1 << 31)]


class PointsFigure(Told):
    """A figure with its derivation: `count` transfers or orders, and what it was worked out from.

    `unit` is PTS, CNY (fen) or bp (hundredths of a percent); null where there is nothing to divide.
    """

    name: str
    amount: int | None
    unit: str
    count: Count
    base: dict[str, int]


class PointsReport(Told):
    """The points of a month up to the business day `until`; `alarm` is LOW, HIGH or nothing."""

    month: str
    until: Day
    alarm: str
    figures: tuple[PointsFigure, ...]
