"""The doors where a terminal becomes one of ours, and proves later that it is."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from pos_app.sync.wire import (
    Challenge,
    ChallengeAsk,
    EnrolAsk,
    Enrolled,
    Session,
    SessionAsk,
)
from pos_hq import enrolment, facts, sessions
from pos_hq.api.bodies import shaped
from pos_hq.api.callers import AtHand, PlainBody, enrolling, stranger
from pos_hq.api.documented import ANYBODY, WITH_BODY, door

router = APIRouter(prefix="/v1", tags=["identity"])
_CODE = (facts.CodeRefused, enrolment.CodeUsed, enrolment.CodeExpired, facts.NodeRevoked)
_TAKEN = (
    enrolment.CodeForAnother,
    enrolment.CodeForAnotherStore,
    enrolment.NodeEnrolled,
    enrolment.KeyEnrolled,
    enrolment.EpochTaken,
    enrolment.EscrowUnreadable,
)


@router.post(
    "/enrol",
    summary="Become a terminal of the store that a one-time code names",
    description="Send `node` and `store` where the ledger exists already, else HQ gives both."
    " With a fresh code a terminal that missed the answer is answered once more.",
    dependencies=[Depends(enrolling)],
    **door(Enrolled, (*ANYBODY, *WITH_BODY, *_CODE, *_TAKEN), EnrolAsk),
)
def enrol(doors: AtHand, body: PlainBody) -> Enrolled:
    return enrolment.enrol(doors.hq, shaped(EnrolAsk, body))


@router.post(
    "/challenge",
    summary="Get bytes to sign, for a session",
    description="They are good for one answer within a minute, by this node.",
    dependencies=[Depends(stranger)],
    **door(Challenge, (*ANYBODY, *WITH_BODY), ChallengeAsk),
)
def challenge(doors: AtHand, body: PlainBody) -> Challenge:
    return sessions.challenge(doors.hq, shaped(ChallengeAsk, body))


@router.post(
    "/session",
    summary="Get a token for a signed challenge",
    description="The token works for this node and epoch, a quarter of an hour.",
    dependencies=[Depends(stranger)],
    **door(
        Session,
        (*ANYBODY, *WITH_BODY, facts.NotAuthorised, facts.NodeRevoked),
        SessionAsk,
    ),
)
def session(doors: AtHand, body: PlainBody) -> Session:
    return sessions.open_session(doors.hq, shaped(SessionAsk, body))
