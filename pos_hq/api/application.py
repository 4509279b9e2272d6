"""HQ's web application: the doors, the gate before them, and how a fact is told."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from pos_app.errors import PosError
from pos_app.sync.wire import PROTO_MAX, Place, Problem
from pos_hq import sessions
from pos_hq.api.bodies import place
from pos_hq.api.callers import Doors
from pos_hq.api.documented import document_of
from pos_hq.api.gate import Gate
from pos_hq.api.limits import Limits
from pos_hq.api.problems import ABOUT_THE_CHAIN, BUG, answer, refusal_of, response_to
from pos_hq.api.refusals import Busy, Malformed, NoSuchMethod, NoSuchPlace
from pos_hq.api.routes import (
    behaviours,
    events,
    figures,
    hello,
    identity,
    members,
    news,
    orders,
    persons,
    rights,
)
from pos_hq.hq import Hq
from pos_hq.store.trouble import BUSY

log = logging.getLogger(__name__)
_PACKED_FROM = 2_048
_PACKING = 5

TOPICS = (
    hello,
    identity,
    events,
    rights,
    orders,
    persons,
    news,
    behaviours,
    members,
    figures,
)


def create_app(hq: Hq, limits: Limits) -> FastAPI:
    """Make the application; it keeps nothing that another process of HQ would have to know."""
    app = FastAPI(
        title="HQ of the member terminals",
        version=f"{PROTO_MAX}",
        summary="Receives what the terminals did, and hands out rights to spend.",
        openapi_url=None,  # the document is our own, and its pages would load foreign scripts
        redirect_slashes=False,
    )
    app.state.doors = Doors(hq, limits)
    for topic in TOPICS:
        app.include_router(topic.router)
    app.add_middleware(GZipMiddleware, minimum_size=_PACKED_FROM, compresslevel=_PACKING)
    app.add_middleware(Gate, limits=limits)
    _tell_facts(app)
    document = document_of(app)
    app.add_api_route("/v1/openapi.json", lambda: document, include_in_schema=False)
    return app


def _tell_facts(app: FastAPI) -> None:
    app.add_exception_handler(PosError, _fact)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _nowhere)
    for trouble in BUSY:
        app.add_exception_handler(trouble, _busy)
    app.add_exception_handler(Exception, _bug)


def _fact(request: Request, fact: Exception) -> Response:
    assert isinstance(fact, PosError)
    return response_to(fact, _known(request, fact))


def _known(request: Request, fact: PosError) -> Place | None:
    """Return where HQ holds the caller's chain, for who must begin again from there."""
    who = getattr(request.state, "caller", None)
    if who is None or refusal_of(fact).code not in ABOUT_THE_CHAIN:
        return None
    return sessions.chain_of(request.app.state.doors.hq, who)


def _malformed(_request: Request, refused: Exception) -> Response:
    assert isinstance(refused, RequestValidationError)
    first = refused.errors()[0]
    return response_to(Malformed(place(first["loc"]), first["type"]))


def _nowhere(_request: Request, refused: Exception) -> Response:
    assert isinstance(refused, HTTPException)
    told = response_to(NoSuchMethod() if refused.status_code == 405 else NoSuchPlace())
    told.headers.update(refused.headers or {})
    return told


def _busy(_request: Request, trouble: Exception) -> Response:
    log.warning("database: %s", type(trouble).__name__)  # its text may quote personal data
    return response_to(Busy())


def _bug(_request: Request, _bug: Exception) -> Response:
    return answer(BUG, Problem(code="bug"))
