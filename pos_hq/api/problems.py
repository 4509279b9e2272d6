"""The one place where a fact becomes a status and a `Problem`."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

from starlette.responses import Response

from pos_app.errors import PosError
from pos_app.sync.wire import Place, Problem
from pos_hq import enrolment, facts
from pos_hq.api import refusals

_BUSY_S, _FROZEN_S = 2, 60
_DETAIL_MOST = 200
BUG, BUSY = 500, 503


class Refusal(NamedTuple):
    """How a kind of fact is told."""

    status: int
    code: str
    retry_after_s: int | None = None


REFUSALS: dict[type[PosError], Refusal] = {
    refusals.TokenMissing: Refusal(401, "token_missing"),
    facts.NotAuthorised: Refusal(401, "not_authorised"),
    refusals.BodyNotSigned: Refusal(401, "body_not_signed"),
    facts.NodeRevoked: Refusal(403, "revoked"),
    refusals.EpochOver: Refusal(403, "epoch_over"),
    refusals.NotYours: Refusal(403, "not_yours"),
    facts.CodeRefused: Refusal(403, "code_refused"),
    enrolment.CodeUsed: Refusal(403, "code_used"),
    enrolment.CodeExpired: Refusal(403, "code_expired"),
    enrolment.CodeForAnother: Refusal(403, "code_for_another"),
    enrolment.CodeForAnotherStore: Refusal(403, "code_for_another_store"),
    facts.ScopeMissing: Refusal(403, "scope_missing"),
    refusals.NoSuchPlace: Refusal(404, "no_such_place"),
    facts.MemberUnknown: Refusal(404, "member_unknown"),
    facts.NodeUnknown: Refusal(404, "node_unknown"),
    facts.SaleUnknown: Refusal(404, "sale_unknown"),
    refusals.NoSuchMethod: Refusal(405, "no_such_method"),
    refusals.TooSlow: Refusal(408, "too_slow"),
    facts.Gap: Refusal(409, "gap"),
    facts.Fork: Refusal(409, "fork"),
    facts.ChainBroken: Refusal(409, "chain"),
    facts.SignatureWrong: Refusal(409, "signature"),
    facts.IncarnationStale: Refusal(409, "incarnation"),
    facts.GrantIdTaken: Refusal(409, "grant_taken"),
    facts.SaleClaimed: Refusal(409, "sale_claimed"),
    facts.PhoneTaken: Refusal(409, "phone_taken"),
    facts.MemberStale: Refusal(409, "member_stale"),
    facts.ReferenceTaken: Refusal(409, "reference_taken"),
    facts.MemberBlocked: Refusal(409, "member_blocked"),
    enrolment.NodeEnrolled: Refusal(409, "node_enrolled"),
    enrolment.KeyEnrolled: Refusal(409, "key_enrolled"),
    enrolment.EpochTaken: Refusal(409, "epoch_taken"),
    refusals.TooLarge: Refusal(413, "too_large"),
    refusals.NotJson: Refusal(415, "not_json"),
    refusals.Malformed: Refusal(422, "malformed"),
    facts.NotInTime: Refusal(422, "not_in_time"),
    enrolment.EscrowUnreadable: Refusal(422, "escrow_unreadable"),
    facts.KindUnknown: Refusal(426, "kind_unknown"),
    refusals.ProtocolUnknown: Refusal(426, "protocol_unknown"),
    refusals.TooOften: Refusal(429, "too_often"),
    facts.GrantsFrozen: Refusal(503, "grants_frozen", _FROZEN_S),
    facts.NotFounded: Refusal(503, "not_founded", _FROZEN_S),
    refusals.Busy: Refusal(503, "busy", _BUSY_S),
}
# A terminal that hears one of these needs to know where to begin again.
ABOUT_THE_CHAIN = {"gap", "fork", "chain", "signature", "incarnation"}


def refusal_of(fact: PosError) -> Refusal:
    """Return how a fact is told; that of a kind nobody thought of is a bug."""
    return REFUSALS[type(fact)]


def problem_of(fact: PosError, known: Place | None = None) -> Problem:
    """Put a fact into the shape of the wire."""
    refusal = refusal_of(fact)
    told = getattr(fact, "known", None)
    if isinstance(told, facts.Known):
        known = Place(seq=told.seq, hash=told.hash.hex())
    return Problem(
        code=refusal.code,
        detail=_detail(fact),
        known=known,
        kinds=fact.kinds if isinstance(fact, facts.KindUnknown) else None,
        retry_after_s=getattr(fact, "retry_after_s", refusal.retry_after_s),
    )


def response_to(fact: PosError, known: Place | None = None) -> Response:
    """Answer with a fact."""
    return answer(refusal_of(fact).status, problem_of(fact, known))


def answer(status: int, problem: Problem) -> Response:
    """Answer with a problem; how long to wait is told where a proxy looks for it, too."""
    headers = {"cache-control": "no-store"}
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    if problem.retry_after_s is not None:
        headers["retry-after"] = str(problem.retry_after_s)
    body = problem.model_dump_json()
    return Response(body, status, headers, media_type="application/json")


def _detail(fact: PosError) -> str:
    """Name the facts, as plain as a log wants them."""
    if not dataclasses.is_dataclass(fact):
        return ""
    told = {field.name: getattr(fact, field.name) for field in dataclasses.fields(fact)}
    plain = (f"{name}={value}" for name, value in told.items() if name not in {"known", "kinds"})
    return ascii(", ".join(plain))[1:-1][:_DETAIL_MOST]
