"""Who stands at the door: an address, a session, a body that is its word."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from pos_app.security.signing import verify
from pos_app.sync.seals import body_digest
from pos_hq import sessions
from pos_hq.api.bodies import encoding_of, raw_body, unpacked
from pos_hq.api.limits import Buckets, Limits, address_key
from pos_hq.api.refusals import BodyNotSigned, EpochOver, TokenMissing, TooOften
from pos_hq.facts import NotAuthorised
from pos_hq.hq import Hq
from pos_hq.sessions import Caller


class Doors:
    """What every door has at hand: HQ, the limits, and who came how often."""

    def __init__(self, hq: Hq, limits: Limits) -> None:
        self.hq = hq
        self.limits = limits
        self.strangers = Buckets(limits.stranger)
        self.enrolments = Buckets(limits.enrolment)
        self.nodes = Buckets(limits.node)


_bearer = HTTPBearer(auto_error=False, description="The token that POST /v1/session gave.")


def doors_of(request: Request) -> Doors:
    """Return what the application was made with."""
    doors: Doors = request.app.state.doors
    return doors


AtHand = Annotated[Doors, Depends(doors_of)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def stranger(request: Request, doors: AtHand) -> None:
    """Let an address that has proved nothing ask once more. Raises TooOften."""
    take(doors.strangers, _address(request))


def maybe_caller(request: Request, doors: AtHand, shown: Bearer) -> Caller | None:
    """Return who shows a token, if anybody does. Raises NotAuthorised, NodeRevoked, TooOften."""
    if shown is None:
        return None
    try:
        who = sessions.caller_of(doors.hq, shown.credentials)
    except NotAuthorised:
        stranger(request, doors)
        raise
    request.state.caller = who
    request.state.node = f"{who.node.hex}.{who.epoch}"
    take(doors.nodes, who.node.hex)
    return who


def caller(who: Annotated[Caller | None, Depends(maybe_caller)]) -> Caller:
    """Return whose session it is. Raises TokenMissing."""
    if who is None:
        raise TokenMissing
    return who


def living_caller(who: Annotated[Caller, Depends(caller)]) -> Caller:
    """Return a caller whose chain goes on: only it may be given anything. Raises EpochOver."""
    if who.status == "orphaned":
        raise EpochOver
    return who


MaybeWho = Annotated[Caller | None, Depends(maybe_caller)]
Who = Annotated[Caller, Depends(caller)]
LivingWho = Annotated[Caller, Depends(living_caller)]


async def _short_body(request: Request, doors: AtHand) -> bytes:
    return await raw_body(request, doors.limits, doors.limits.short_body_most)


async def _long_body(request: Request, doors: AtHand) -> bytes:
    return await raw_body(request, doors.limits, doors.limits.body_most)


def plain_body(
    request: Request, doors: AtHand, raw: Annotated[bytes, Depends(_short_body)]
) -> bytes:
    """Return a short body, unpacked. Raises the facts of `bodies.py`."""
    return unpacked(raw, encoding_of(request), doors.limits.short_body_most)


def signed_body(
    request: Request,
    doors: AtHand,
    who: Who,
    raw: Annotated[bytes, Depends(_long_body)],
    x_body_signature: Annotated[
        str,
        Header(
            pattern="^[0-9a-f]{128}$",
            description="Ed25519 by the node's key over SHA-256('MTB1' + the unpacked body).",
        ),
    ],
) -> bytes:
    """Return a body that is the caller's word, unpacked. Raises BodyNotSigned."""
    body = unpacked(raw, encoding_of(request), doors.limits.body_most)
    if not verify(who.public_key, body_digest(body), bytes.fromhex(x_body_signature)):
        raise BodyNotSigned
    return body


PlainBody = Annotated[bytes, Depends(plain_body)]
SignedBody = Annotated[bytes, Depends(signed_body)]


def take(buckets: Buckets, key: str) -> None:
    """Count one request. Raises TooOften."""
    if wait := buckets.take(key):
        raise TooOften(wait)


def enrolling(request: Request, doors: AtHand) -> None:
    """Let an address try one more code. Raises TooOften."""
    take(doors.enrolments, _address(request))


def _address(request: Request) -> str:
    return address_key(request.client.host if request.client else "")
