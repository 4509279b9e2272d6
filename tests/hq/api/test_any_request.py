"""Whatever is sent to a door, it answers as its document says, and a refusal changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pos_app.sync.seals import body_digest
from pos_hq.hq import Hq
from pos_hq.integrations import Scope, create
from tests.hq.api.live import PATIENCE_S, Live, Till
from tests.hq.desk import author

EXAMPLES = 30
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DOORS = [
    ("GET", "/v1/hello"),
    ("POST", "/v1/enrol"),
    ("POST", "/v1/challenge"),
    ("POST", "/v1/session"),
    ("POST", "/v1/events"),
    ("POST", "/v1/grants"),
    ("GET", "/v1/feed"),
    ("GET", "/v1/snapshot"),
    ("GET", "/v1/exceptions"),
    ("POST", "/v1/behaviours"),
    ("GET", "/v1/points-report"),
    ("GET", "/v1/orders/slips/{slip}"),
    ("GET", "/v1/orders/members/{member}"),
    ("POST", "/v1/orders/claims"),
    ("POST", "/v1/phones"),
    ("GET", "/v1/members/{member}/tier"),
    ("GET", "/v1/members/{member}/explain/{what}"),
    ("GET", "/v1/liability"),
    ("GET", "/v1/alerts"),
]
# The doors of the shop's other systems, whose key is another.
WITH_KEY = {"/v1/behaviours", "/v1/points-report"}
LEDGER = (
    "event", "transfer", "balance", "act", "member", "lot", "coupon", "rights_grant", "sale",
    "growth", "behaviour", "integration", "message",
)  # fmt: skip


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_any_request_is_answered_as_documented(
    till: Till, method: str, path: str, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_dict(document_of(till))
    door = schema[path][method]
    key = create(till.live.hq, "mini-program", Scope) if path in WITH_KEY else till.token
    member = known_member(till.live.hq)

    @settings(max_examples=EXAMPLES)
    @given(case=door.as_strategy(mode), known=st.booleans(), meant=st.booleans())
    def ask(case: Case[Any], *, known: bool, meant: bool) -> None:
        request = prepared(till, case)
        if meant:
            mean_it(till, request, member)
        if known:
            authorise(till, request, key)
        before = till.live.rows(*LEDGER)

        answer = till.live.web.send(request, timeout=PATIENCE_S)

        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            assert till.live.rows(*LEDGER) == before

    ask()


def test_the_doors_that_are_tried_are_all_there_are(open_hq: Live) -> None:
    paths = open_hq.get("/openapi.json").json()["paths"]

    there = {(method.upper(), path) for path, methods in paths.items() for method in methods}

    assert there == set(DOORS)


def known_member(hq: Hq) -> str:
    somebody = author(hq)
    member = somebody.member()
    somebody.push()
    return member


def document_of(till: Till) -> dict[str, Any]:
    """Return the document, with texts of asked shapes that its reader can count up to."""
    told: dict[str, Any] = till.live.get("/openapi.json").json()
    shapes = told["components"]["schemas"]
    for name in ("EnrolAsk", "Push", "Sidecar"):
        short = json.dumps(shapes[name]).replace(str(1 << 20), "1024")
        shapes[name] = json.loads(short)
    return told


def prepared(till: Till, case: Case[Any]) -> requests.PreparedRequest:
    told = case.as_transport_kwargs(base_url=till.live.url)
    return till.live.web.prepare_request(requests.Request(**told))


def mean_it(till: Till, request: requests.PreparedRequest, member: str) -> None:
    """Put into a body what a stranger cannot know, so that it gets past the first questions."""
    try:
        body = json.loads(sent(request))
    except ValueError:
        return
    if isinstance(body, dict):
        request.prepare_body(json.dumps(body | ours(till, body, member)).encode(), None)
        request.headers["Content-Type"] = "application/json"


def ours(till: Till, body: dict[str, Any], member: str) -> dict[str, Any]:
    known = {
        "member": member,
        "at": till.live.hq.now_ms(),
        "node": till.node,
        "epoch": till.epoch,
        "proto": 1,
        "incarnation": 1,
        "first_seq": 1,
        "prev_hash": "00" * 32,
        "challenge": "" if "challenge" not in body else till.challenge(),
        "code": "" if "code" not in body else till.live.code(),
    }
    return {name: value for name, value in known.items() if name in body}


def authorise(till: Till, request: requests.PreparedRequest, key: str) -> None:
    request.headers["Authorization"] = f"Bearer {key}"
    request.headers["X-Body-Signature"] = till.signer.sign(body_digest(sent(request))).hex()


def sent(request: requests.PreparedRequest) -> bytes:
    body = request.body or b""
    if isinstance(body, str):
        return body.encode()
    assert isinstance(body, bytes)
    return body
