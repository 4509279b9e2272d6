"""One valid example of every shape that goes in or out of a door."""

from __future__ import annotations

import base64
from typing import Any

from pydantic import BaseModel

from pos_app.sync import wire, wire_alerts, wire_cases, wire_orders
from pos_hq import integration_shapes
from pos_hq.api import sample
from pos_hq.api.figure_examples import FIGURES

_GRANT = "01890f63aa107d55917b00112233aabb"
_KEY = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"
_SEALED = "7d" * 64
_HASH = "c1" * 32
_CHALLENGE = "a4" * 32
_TOKEN = "mJ0rV6S2cXw4bQ9zT1uYh8pLk3nDf5gAe7iOqRtWvUs"  # noqa: S105 -- an example
_PAYLOAD = (
    b'{"at":1781496000000,"body":{"text":"till moved"},"day":"2026-06-15",'
    b'"id":"01890f62c0de7a9fbe0102030405a6b7","kind":"NOTE","moves":[],"rules":"demo","v":1}'
)
KNOWN = wire.Place(seq=41, hash=_HASH)
_LINES = [
    {
        "pocket": "P",
        "ref": sample.LOT,
        "amount": 10_909,
        "about": {"at": sample.TIME, "paid": 50_000, "bonus": 5_000},
    },
    {"pocket": "B", "ref": sample.LOT, "amount": 1_091},
]
_GRANTED = {
    "grant": _GRANT,
    "node": sample.NODE,
    "epoch": 1,
    "member": sample.MEMBER,
    "state": "granted",
    "reason": "",
    "lines": _LINES,
    "valid_for_s": 600,
    "pin": "",
    "incarnation": 1,
    "signature": _SEALED,
}
_ITEM = {
    "seq": 7,
    "entity": "member",
    "id": sample.MEMBER,
    "body": {"number": "M0001", "tier": "gold", "pin": "5f0c3a9be1d24870"},
}
_BEHAVIOUR = {"reference": "review:88213", "member": sample.MEMBER, "behaviour": "review"}


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


_ORDER = {
    "sale": sample.EVENT,
    "node": sample.NODE,
    "epoch": 1,
    "store": "S01",
    "store_name": "Riverside",
    "terminal_name": "Counter 1",
    "payload": _b64(_PAYLOAD),
    "returns": [],
    "lots": {sample.LOT: [sample.TIME, 50_000, 5_000]},
    "coupons": {},
}
EXAMPLES: dict[type[BaseModel], dict[str, Any]] = {
    **FIGURES,
    wire.Hello: {
        "proto_min": 1,
        "proto_max": 1,
        "kinds": {"NOTE": 1, "SALE": 1},
        "incarnation": 1,
        "hq_key": _KEY,
        "time": sample.TIME,
        "min_app": "0.1.0",
        "escrow_key": "e5" * 32,
        "known": {"seq": 41, "hash": _HASH},
    },
    wire.EnrolAsk: {
        "code": "K7QM-2XWD-9FHT-RB4C",
        "node": sample.NODE,
        "epoch": 1,
        "store": "S01",
        "public_key": _KEY,
        "device": "Debian 12, counter 1",
        "app": "0.1.0",
        "escrow": _b64(b"sealed to the key of HQ's escrow"),
    },
    wire.Enrolled: {
        "node": sample.NODE,
        "epoch": 1,
        "store": "S01",
        "store_name": "Riverside",
        "terminal_name": "Counter 1",
        "hq_key": _KEY,
        "incarnation": 1,
        "programme": {"document": _b64(b'programme_id = "demo"\n'), "signature": _SEALED},
        "pepper": "5e" * 32,
    },
    wire.ChallengeAsk: {"node": sample.NODE},
    wire.Challenge: {"challenge": _CHALLENGE, "expires_in_s": 60},
    wire.SessionAsk: {
        "node": sample.NODE,
        "epoch": 1,
        "challenge": _CHALLENGE,
        "signature": _SEALED,
        "acked_seq": 41,
        "head": {"seq": 44, "hash": _HASH},
    },
    wire.Session: {
        "token": _TOKEN,
        "expires_in_s": 900,
        "known": {"seq": 41, "hash": _HASH},
        "incarnation": 1,
        "time": sample.TIME,
    },
    wire.Push: {
        "proto": 1,
        "node": sample.NODE,
        "epoch": 1,
        "incarnation": 1,
        "first_seq": 42,
        "prev_hash": _HASH,
        "head_seq": 42,
        "events": [_b64(_PAYLOAD)],
        "signatures": [_SEALED],
        "sidecars": [],
        "holdings": None,
    },
    wire.Ack: {
        "node": sample.NODE,
        "epoch": 1,
        "acked_seq": 42,
        "acked_hash": "c2" * 32,
        "incarnation": 1,
        "results": [{"seq": 42, "status": "applied", "exception": None}],
        "hold_totals": {"CNY": 12_000, "PTS": 340},
        "time": sample.TIME,
        "signature": _SEALED,
    },
    wire.GrantAsk: {
        "grant": _GRANT,
        "member": sample.MEMBER,
        "purpose": "jit",
        "wants": [{"unit": "CNY", "want": 12_000, "least": 12_000}],
    },
    wire.Grant: _GRANTED,
    wire_orders.OrderClaim: {"claim": _GRANT, "sale": sample.EVENT},
    wire_orders.Orders: {"orders": [_ORDER]},
    wire_orders.Claimed: {"order": _ORDER, "valid_for_s": 60},
    wire_orders.PhoneWish: {
        "intent": _GRANT,
        "member": sample.MEMBER,
        "phone": "+8613812345678",
        "before": "+8613812340217",
    },
    wire_orders.PhoneChanged: {"member": sample.MEMBER},
    wire.FeedPage: {
        "items": [_ITEM],
        "cursor": 7,
        "more": False,
        "outstanding": [_GRANTED],
        "acked_seq": 42,
        "incarnation": 1,
        "time": sample.TIME,
    },
    wire.SnapshotPage: {
        "items": [_ITEM],
        "next": None,
        "cursor": 7,
        "acked_seq": 42,
        "incarnation": 1,
        "time": sample.TIME,
    },
    wire_cases.ExceptionList: {
        "items": [
            {
                "id": sample.EVENT,
                "type": "HOLD_SHORT",
                "node": sample.NODE,
                "epoch": 1,
                "seq": 42,
                "member": sample.MEMBER,
                "unit": "CNY",
                "amount": 500,
                "here": {"held": 11_500},
                "there": {"spent": 12_000},
                "proposal": "loss",
                "who": "HQ finance",
                "state": "open",
                "opened_at": sample.TIME,
                "resolution": None,
            }
        ]
    },
    integration_shapes.BehaviourAsk: _BEHAVIOUR | {"at": sample.TIME},
    integration_shapes.Rewarded: _BEHAVIOUR
    | {
        "on_day": "2026-06-15",
        "worth": 20,
        "points": 20,
        "pending": 0,
        "growth_worth": 5,
        "growth": 5,
        "streak": 0,
    },
    wire_alerts.AlertList: {
        "items": [
            {
                "id": "01890f64b1c27e60a3d4e5f60718293a",
                "signal": "large_amount",
                "subject": sample.MEMBER,
                "members": [sample.MEMBER],
                "day": "2026-06-15",
                "rules": "demo/2026-01-01/5f0c3a9b",
                "rule": {"fen": 500_000},
                "rows": [
                    {
                        "event": sample.EVENT,
                        "node": sample.NODE,
                        "at": sample.TIME,
                        "deed": "top_up",
                        "member": sample.MEMBER,
                        "amount": 600_000,
                    }
                ],
                "proposal": "look",
                "raised_at": sample.TIME,
                "state": "closed",
                "closing": {
                    "by": "HQ finance",
                    "why": "Paid by bank",
                    "at": sample.TIME,
                },
            }
        ]
    },
}
