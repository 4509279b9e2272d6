"""The door where a member's phone number changes: it must be nobody else's in the whole chain."""

from __future__ import annotations

from fastapi import APIRouter

from pos_app.sync.wire_orders import PhoneChanged, PhoneWish
from pos_hq import facts, phones
from pos_hq.api.bodies import shaped
from pos_hq.api.callers import AtHand, LivingWho, SignedBody
from pos_hq.api.documented import ANYBODY, WITH_BODY, WITH_TOKEN, door
from pos_hq.api.refusals import BodyNotSigned, EpochOver

router = APIRouter(prefix="/v1", tags=["persons"])
_CHANGE = (BodyNotSigned, EpochOver, facts.MemberUnknown, facts.MemberStale, facts.PhoneTaken)


@router.post(
    "/phones",
    summary="Give a member a new phone number",
    description="Asking again for the same wish changes nothing more, however late it comes.",
    **door(PhoneChanged, (*ANYBODY, *WITH_BODY, *WITH_TOKEN, *_CHANGE), PhoneWish),
)
def change(doors: AtHand, who: LivingWho, body: SignedBody) -> PhoneChanged:
    return phones.change(doors.hq, who, shaped(PhoneWish, body))
