"""The door for what a terminal did: it is kept, whatever it is, or the batch was no batch."""

from __future__ import annotations

from fastapi import APIRouter

from pos_app.sync.wire import PROTO_MAX, PROTO_MIN, Ack, Push
from pos_hq import facts, inflow
from pos_hq.api.bodies import shaped
from pos_hq.api.callers import AtHand, SignedBody, Who
from pos_hq.api.documented import ANYBODY, WITH_BODY, WITH_TOKEN, door
from pos_hq.api.refusals import BodyNotSigned, NotYours, ProtocolUnknown

router = APIRouter(prefix="/v1", tags=["events"])
_BATCH = (
    BodyNotSigned,
    NotYours,
    ProtocolUnknown,
    facts.Gap,
    facts.Fork,
    facts.ChainBroken,
    facts.SignatureWrong,
    facts.IncarnationStale,
    facts.KindUnknown,
)


@router.post(
    "/events",
    summary="Push the next events of the caller's chain",
    description="One batch is one transaction. What HQ holds already is acknowledged again.",
    **door(Ack, (*ANYBODY, *WITH_BODY, *WITH_TOKEN, *_BATCH), Push),
)
def push(doors: AtHand, who: Who, body: SignedBody) -> Ack:
    batch = shaped(Push, body)
    if (batch.node, batch.epoch) != (who.node.hex, who.epoch):
        raise NotYours
    if not PROTO_MIN <= batch.proto <= PROTO_MAX:
        raise ProtocolUnknown(batch.proto)
    return inflow.receive(doors.hq, who, batch)
