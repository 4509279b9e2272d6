"""The door where a terminal asks for rights that a member may spend there."""

from __future__ import annotations

from fastapi import APIRouter

from pos_app.sync.wire import Grant, GrantAsk
from pos_hq import facts, grants
from pos_hq.api.bodies import shaped
from pos_hq.api.callers import AtHand, LivingWho, SignedBody
from pos_hq.api.documented import ANYBODY, WITH_BODY, WITH_TOKEN, door
from pos_hq.api.refusals import BodyNotSigned, EpochOver

router = APIRouter(prefix="/v1", tags=["rights"])
_GRANT = (BodyNotSigned, EpochOver, facts.GrantIdTaken, facts.MemberUnknown, facts.GrantsFrozen)


@router.post(
    "/grants",
    summary="Move rights of a member into the caller's holding",
    description="Asking again under the same identity brings the first answer, for ever.",
    **door(Grant, (*ANYBODY, *WITH_BODY, *WITH_TOKEN, *_GRANT), GrantAsk),
)
def ask(doors: AtHand, who: LivingWho, body: SignedBody) -> Grant:
    return grants.ask(doors.hq, who, shaped(GrantAsk, body))
