"""The doors where a figure is led back to its events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from pos_app.sync.wire_figures import Explanation, What
from pos_hq import explaining, facts
from pos_hq.api.callers import AtHand, living_caller
from pos_hq.api.documented import ANYBODY, WITH_TOKEN, door
from pos_hq.api.refusals import EpochOver, Malformed

router = APIRouter(prefix="/v1", tags=["figures"])
_ASKED = (*ANYBODY, *WITH_TOKEN, Malformed, EpochOver)
Member = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="The member's identity.")]
Figure = Annotated[What, Path(description="Which figure.")]
First = Annotated[int, Query(ge=0, lt=1 << 31, description="The last page's `next`, else 0.")]
Limit = Annotated[int, Query(ge=1, le=explaining.STEPS_MOST, description="How many at most.")]


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
