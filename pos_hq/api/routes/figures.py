"""The doors where a figure is led back to its events."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from pos_app.sync.wire_figures import Explanation, StoreLiability, What
from pos_hq import explaining, facts, liability
from pos_hq.api.callers import AtHand, LivingWho, living_caller
from pos_hq.api.documented import ANYBODY, WITH_TOKEN, door
from pos_hq.api.figures import told
from pos_hq.api.refusals import EpochOver, Malformed

router = APIRouter(prefix="/v1", tags=["figures"])
_ASKED = (*ANYBODY, *WITH_TOKEN, Malformed, EpochOver)
Member = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="The member's identity.")]
Figure = Annotated[What, Path(description="Which figure.")]
First = Annotated[int, Query(ge=0, lt=1 << 31, description="The last page's `next`, else 0.")]
Limit = Annotated[int, Query(ge=1, le=explaining.STEPS_MOST, description="How many at most.")]
Day = Annotated[date | None, Query(description="A business day like 2026-06-15.")]


@router.get(
    "/members/{member}/explain/{what}",
    summary="Lead a member's figure back to the events behind it",
    description="Parts and where they lie, and a page of the events that changed the figure.",
    dependencies=[Depends(living_caller)],
    **door(Explanation, (*_ASKED, facts.MemberUnknown)),
)
def explain(
    doors: AtHand,
    member: Member,
    what: Figure,
    first: First = 0,
    limit: Limit = explaining.STEPS_MOST,
) -> Explanation:
    return explaining.explain(doors.hq, member, what, first, limit)


@router.get(
    "/liability",
    summary="Roll forward what is owed for the stored value that the caller's store sold",
    description="Opening to closing, where it was spent, and what its lots really hold.",
    **door(StoreLiability, _ASKED),
)
def store_liability(
    doors: AtHand, who: LivingWho, first: Day = None, last: Day = None
) -> StoreLiability:
    found = liability.roll_forward(doors.hq, first, last, who.store)
    return told(found, who.store, doors.hq.now_ms())
