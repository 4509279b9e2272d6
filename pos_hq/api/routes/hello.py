"""The door where a terminal hears who HQ is, and how far HQ holds its chain."""

from __future__ import annotations

from fastapi import APIRouter

from pos_app.sync.wire import PROTO_MAX, PROTO_MIN, Hello
from pos_hq import facts, sessions
from pos_hq.api.callers import AtHand, MaybeWho
from pos_hq.api.documented import ANYBODY, door
from pos_hq.fold.fact import KINDS

# The oldest terminal program whose events HQ can apply.
APP_MIN = "0.1.0"
router = APIRouter(prefix="/v1", tags=["hello"])


@router.get(
    "/hello",
    summary="Who HQ is and what it understands",
    description="With a token it tells how far HQ holds the caller's chain, too.",
    **door(Hello, (*ANYBODY, facts.NotAuthorised, facts.NodeRevoked)),
)
def hello(doors: AtHand, who: MaybeWho) -> Hello:
    hq = doors.hq
    with hq.read() as book:
        incarnation = hq.incarnation(book)
        escrow = hq.escrow_key(book)
    return Hello(
        proto_min=PROTO_MIN,
        proto_max=PROTO_MAX,
        kinds=KINDS,
        incarnation=incarnation,
        hq_key=hq.key.hex(),
        time=hq.now_ms(),
        min_app=APP_MIN,
        escrow_key=escrow,
        known=None if who is None else sessions.chain_of(hq, who),
    )
