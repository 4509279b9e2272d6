"""The door where a terminal asks how something about a member follows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from pos_app.sync.wire_tiers import TierView
from pos_hq import facts, tiers
from pos_hq.api.callers import AtHand, LivingWho
from pos_hq.api.documented import ANYBODY, WITH_TOKEN, door
from pos_hq.api.refusals import EpochOver, Malformed

router = APIRouter(prefix="/v1", tags=["members"])
Member = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="The member's identity.")]


@router.get(
    "/members/{member}/tier",
    summary="How a member's tier follows",
    description="The window, every order that counts in it, the thresholds, and what is next.",
    **door(TierView, (*ANYBODY, *WITH_TOKEN, Malformed, EpochOver, facts.MemberUnknown)),
)
def tier(doors: AtHand, _who: LivingWho, member: Member) -> TierView:
    return tiers.tier_of(doors.hq, member)
