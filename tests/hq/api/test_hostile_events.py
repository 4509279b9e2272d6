"""A terminal's signature does not make its words sensible: HQ keeps them, and stays upright."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.ids import new_id
from pos_hq.fold.fact import KINDS
from tests.hq.api.live import Till

EXAMPLES = 60
ODD = [
    "",
    "\0",
    "\ud800",
    "a" * 300,
    "hold:P::",
    "hq",
    "2026-02-30",
    "9" * 40,
    "'; DROP TABLE event",
]
NUMBERS = [0, -1, 2**31, 2**63 - 1, 2**63, -(2**63) - 1, 10**30]
VALUES = st.recursive(
    st.none() | st.booleans() | st.sampled_from(NUMBERS) | st.sampled_from(ODD) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ["v", "id", "at", "day", "rules", "body", "moves", "member", "by", "intent", "of"]
BODY = ["number", "phone", "name", "tier", "status", "lines", "grant", "lot", "fields", "expires"]
ACCOUNTS = st.sampled_from(
    ["hq", "sales:S01", "tender:S01:cash", f"hold:P:{'1' * 32}:{'2' * 32}", f"debt:PTS:{'1' * 32}"]
)
MOVE = st.tuples(ACCOUNTS | VALUES, ACCOUNTS | VALUES, st.just("CNY") | VALUES, VALUES)
BODIES = VALUES | st.dictionaries(st.sampled_from(BODY), VALUES, max_size=5)
CHANGES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=3)


def test_no_signed_event_makes_hq_fall_over(any_till: Till) -> None:
    @settings(max_examples=EXAMPLES)
    @given(st.sampled_from(sorted(KINDS)), BODIES, st.lists(MOVE, max_size=2), CHANGES, VALUES)
    def push(kind: str, body: Any, moves: list[Any], changes: dict[str, Any], private: Any) -> None:  # noqa: ANN401 -- that is the point
        chain = any_till.seq, any_till.head
        event = written(kind, {"body": body, "moves": moves, **changes})
        sidecar = private_of(event, private)
        batch = json.loads(any_till.written(encoded(event)))

        answer = any_till.send("/events", json.dumps({**batch, "sidecars": [sidecar]}).encode())

        assert answer.status_code in {200, 409, 422, 426}, answer.text
        if answer.status_code != 200:
            any_till.seq, any_till.head = chain

    push()


def test_bytes_that_are_no_event_make_no_difference(any_till: Till) -> None:
    for payload in (b"", b"null", b"[]", b"\xff", b'{"kind":"NOTE"}', b"[" * 5_000, b'{"v":NaN}'):
        chain = any_till.seq, any_till.head

        answer = any_till.send("/events", any_till.written(payload))

        assert answer.status_code in {200, 409, 422, 426}, answer.text
        if answer.status_code != 200:
            any_till.seq, any_till.head = chain


def written(kind: str, parts: dict[str, Any]) -> dict[str, Any]:
    plain = {"v": 1, "id": new_id().hex, "at": 1_781_496_000_000, "day": "2026-06-15", "rules": "x"}
    member = {"member": "1" * 32, "by": "3" * 32, "intent": new_id().hex}
    return {**plain, **member, **parts, "kind": kind}


def private_of(event: dict[str, Any], private: Any) -> dict[str, str]:  # noqa: ANN401 -- that is the point
    """Put the digest of personal data into an event, and return the data."""
    salt, data = b"s" * 16, encoded(private)
    event["private"] = hashlib.sha256(salt + data).hexdigest()
    identity = event["id"] if isinstance(event["id"], str) and len(event["id"]) == 32 else "0" * 32
    told = {"salt": base64.b64encode(salt).decode(), "data": base64.b64encode(data).decode()}
    return {"event_id": identity if identity.isalnum() and identity.isascii() else "0" * 32, **told}


def encoded(value: Any) -> bytes:  # noqa: ANN401 -- that is the point
    return json.dumps(value, sort_keys=True).encode()
