"""The door where the shop's other systems tell what members did beside buying."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from pos_hq import behaviours, facts
from pos_hq.api.bodies import shaped
from pos_hq.api.callers import AtHand, PlainBody
from pos_hq.api.documented import ANYBODY, WITH_BODY, WITH_KEY, door
from pos_hq.api.integrators import allowed
from pos_hq.integration_shapes import BehaviourAsk, Rewarded
from pos_hq.integrations import Scope
from pos_hq.store.integration_rows import IntegrationRow

router = APIRouter(prefix="/v1", tags=["integrations"])
_REFUSED = (facts.MemberUnknown, facts.MemberBlocked, facts.ReferenceTaken, facts.NotInTime)


@router.post(
    "/behaviours",
    summary="Tell what a member did, to be rewarded by the programme",
    description="Asking again under the same reference brings the first answer, for ever. It is"
    " told within seven days; the rules are those in force when HQ hears of it.",
    **door(Rewarded, (*ANYBODY, *WITH_BODY, *WITH_KEY, *_REFUSED), BehaviourAsk),
)
def record(
    doors: AtHand,
    who: Annotated[IntegrationRow, Depends(allowed(Scope.BEHAVIOURS))],
    body: PlainBody,
) -> Rewarded:
    return behaviours.record(doors.hq, who, shaped(BehaviourAsk, body))
