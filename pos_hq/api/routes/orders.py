"""The doors where a terminal asks for sales of other terminals, and may return some of one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from pos_app.sync.wire_orders import Claimed, OrderClaim, Orders
from pos_hq import facts, orders
from pos_hq.api.bodies import shaped
from pos_hq.api.callers import AtHand, LivingWho, SignedBody
from pos_hq.api.documented import ANYBODY, WITH_BODY, WITH_TOKEN, door
from pos_hq.api.refusals import BodyNotSigned, EpochOver, Malformed

router = APIRouter(prefix="/v1/orders", tags=["orders"])
_LOOK = (*ANYBODY, *WITH_TOKEN, Malformed, EpochOver)
_CLAIM = (BodyNotSigned, EpochOver, facts.SaleUnknown, facts.SaleClaimed, facts.GrantsFrozen)
Slip = Annotated[
    str, Path(pattern=r"^S[0-9]{8}-[0-9]{6,12}$", description="The number on the slip.")
]
Member = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="The member's identity.")]


@router.get(
    "/slips/{slip}",
    summary="The sales of a slip number",
    description="Each terminal numbers its own slips, so that there may be several.",
    **door(Orders, _LOOK),
)
def of_slip(doors: AtHand, _who: LivingWho, slip: Slip) -> Orders:
    return orders.of_slip(doors.hq, slip)


@router.get(
    "/members/{member}", summary="A member's latest sales at all terminals", **door(Orders, _LOOK)
)
def of_member(doors: AtHand, _who: LivingWho, member: Member) -> Orders:
    return orders.of_member(doors.hq, member)


@router.post(
    "/claims",
    summary="Return some of a sale while nobody else does",
    description="The return itself is an event of the caller's chain, and ends the claim.",
    **door(Claimed, (*ANYBODY, *WITH_BODY, *WITH_TOKEN, *_CLAIM), OrderClaim),
)
def claim(doors: AtHand, who: LivingWho, body: SignedBody) -> Claimed:
    return orders.claim(doors.hq, who, shaped(OrderClaim, body))
