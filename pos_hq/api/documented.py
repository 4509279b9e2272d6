"""How a door is described: what it takes, what it tells, and every way in which it says no."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from pos_app.errors import PosError
from pos_app.sync import wire, wire_orders
from pos_hq import facts, integration_shapes
from pos_hq.api import refusals
from pos_hq.api.examples import EXAMPLES, KNOWN
from pos_hq.api.problems import ABOUT_THE_CHAIN, REFUSALS

Facts = tuple[type[PosError], ...]
ANYBODY: Facts = (refusals.TooOften, refusals.Busy, facts.NotFounded)
WITH_BODY: Facts = (
    refusals.TooSlow,
    refusals.TooLarge,
    refusals.NotJson,
    refusals.Malformed,
)
WITH_TOKEN: Facts = (refusals.TokenMissing, facts.NotAuthorised, facts.NodeRevoked)
WITH_KEY: Facts = (refusals.TokenMissing, facts.NotAuthorised, facts.ScopeMissing)
ASKED: tuple[type[BaseModel], ...] = (
    wire.EnrolAsk,
    wire.ChallengeAsk,
    wire.SessionAsk,
    wire.Push,
    wire.GrantAsk,
    wire_orders.OrderClaim,
    wire_orders.PhoneWish,
    integration_shapes.BehaviourAsk,
)
_REF = "#/components/schemas/{model}"


def door(
    told: type[BaseModel], refuses: Iterable[type[PosError]], asks: type[BaseModel] | None = None
) -> dict[str, Any]:
    """Return what FastAPI wants to know of a route beside its path and its summary."""
    responses: dict[int | str, dict[str, Any]] = {
        200: {"content": {"application/json": {"example": EXAMPLES[told]}}}
    }
    for status in sorted({REFUSALS[fact].status for fact in refuses}):
        codes = sorted(REFUSALS[fact].code for fact in refuses if REFUSALS[fact].status == status)
        responses[status] = {
            "model": wire.Problem,
            "description": HTTPStatus(status).phrase,
            "content": {"application/json": {"examples": {c: {"value": _said(c)} for c in codes}}},
        }
    extra = {} if asks is None else {"openapi_extra": {"requestBody": _body(asks)}}
    return {"response_model": told, "responses": responses, **extra}


def document_of(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document; bodies that we read ourselves are described as all others."""
    made = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    _refs, shapes = models_json_schema(
        [(shape, "validation") for shape in ASKED], ref_template=_REF
    )
    made["components"]["schemas"] |= shapes["$defs"]
    return made


def _body(asks: type[BaseModel]) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=asks.__name__)}
    content = {"schema": schema, "example": EXAMPLES[asks]}
    return {"required": True, "content": {"application/json": content}}


def _said(code: str) -> dict[str, Any]:
    waits = {refusal.code: refusal.retry_after_s for refusal in REFUSALS.values()}
    problem = wire.Problem(
        code=code,
        known=KNOWN if code in ABOUT_THE_CHAIN else None,
        kinds={"SALE": 1} if code == "kind_unknown" else None,
        retry_after_s=1 if code == "too_often" else waits[code],
    )
    return problem.model_dump(mode="json")
