"""One valid example of every shape that goes in or out of a door."""

from __future__ import annotations

import base64
from typing import Any

from pydantic import BaseModel

from pos_app.sync import wire, wire_alerts, wire_cases, wire_figures, wire_orders, wire_tiers
from pos_hq import integration_shapes

_NODE = "01890f5e7c3a7b1e8a54d0c1f2a3b4c5"
_MEMBER = "01890f6277007c04b2d1a6b5c4d3e2f1"
_GRANT = "01890f63aa107d55917b00112233aabb"
_EVENT = "01890f62c0de7a9fbe0102030405a6b7"
_LOT = "01890f61d2f07b3ca9e8d7c6b5a49382"
_KEY = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"
_SEALED = "7d" * 64
_HASH = "c1" * 32
_CHALLENGE = "a4" * 32
_TIME = 1_781_496_000_000
_TOKEN = "mJ0rV6S2cXw4bQ9zT1uYh8pLk3nDf5gAe7iOqRtWvUs"  # noqa: S105 -- an example
_PAYLOAD = (
    b'{"at":1781496000000,"body":{"text":"till moved"},"day":"2026-06-15",'
    b'"id":"01890f62c0de7a9fbe0102030405a6b7","kind":"NOTE","moves":[],"rules":"demo","v":1}'
)
KNOWN = wire.Place(seq=41, hash=_HASH)
_LINES = [
    {
        "pocket": "P",
        "ref": _LOT,
        "amount": 10_909,
        "about": {"at": _TIME, "paid": 50_000, "bonus": 5_000},
    },
    {"pocket": "B", "ref": _LOT, "amount": 1_091},
]
_GRANTED = {
    "grant": _GRANT,
    "node": _NODE,
    "epoch": 1,
    "member": _MEMBER,
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
    "id": _MEMBER,
    "body": {"number": "M0001", "tier": "gold", "pin": "5f0c3a9be1d24870"},
}
_BEHAVIOUR = {"reference": "review:88213", "member": _MEMBER, "behaviour": "review"}


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _fen(principal: int, bonus: int) -> dict[str, int]:
    return {"principal": principal, "bonus": bonus}


_ORDER = {
    "sale": _EVENT,
    "node": _NODE,
    "epoch": 1,
    "store": "S01",
    "store_name": "Riverside",
    "terminal_name": "Counter 1",
    "payload": _b64(_PAYLOAD),
    "returns": [],
    "lots": {_LOT: [_TIME, 50_000, 5_000]},
    "coupons": {},
}
EXAMPLES: dict[type[BaseModel], dict[str, Any]] = {
    wire_tiers.TierView: {
        "member": _MEMBER,
        "on": "2026-06-15",
        "programme": "demo",
        "tier": "SILVER",
        "reason": "spend",
        "first_day": "2025-06-16",
        "spend": 520_000,
        "growth": 940,
        "spend_needed": 500_000,
        "growth_needed": 1_000,
        "reached": "SILVER",
        "held": "SILVER",
        "held_since": "2026-06-15",
        "protected_until": "2027-06-15",
        "review_on": "2027-06-15",
        "given": None,
        "next": {"tier": "GOLD", "spend_missing": 1_480_000, "growth_missing": 4_060},
        "falls": None,
        "orders": [
            {
                "node": _NODE,
                "epoch": 1,
                "seq": 41,
                "event": _EVENT,
                "kind": "SALE",
                "on": "2026-06-15",
                "spend": 520_000,
                "growth": 940,
            }
        ],
    },
    wire.Hello: {
        "proto_min": 1,
        "proto_max": 1,
        "kinds": {"NOTE": 1, "SALE": 1},
        "incarnation": 1,
        "hq_key": _KEY,
        "time": _TIME,
        "min_app": "0.1.0",
        "escrow_key": "e5" * 32,
        "known": {"seq": 41, "hash": _HASH},
    },
    wire.EnrolAsk: {
        "code": "K7QM-2XWD-9FHT-RB4C",
        "node": _NODE,
        "epoch": 1,
        "store": "S01",
        "public_key": _KEY,
        "device": "Debian 12, counter 1",
        "app": "0.1.0",
        "escrow": _b64(b"sealed to the key of HQ's escrow"),
    },
    wire.Enrolled: {
        "node": _NODE,
        "epoch": 1,
        "store": "S01",
        "store_name": "Riverside",
        "terminal_name": "Counter 1",
        "hq_key": _KEY,
        "incarnation": 1,
        "programme": {"document": _b64(b'programme_id = "demo"\n'), "signature": _SEALED},
        "pepper": "5e" * 32,
    },
    wire.ChallengeAsk: {"node": _NODE},
    wire.Challenge: {"challenge": _CHALLENGE, "expires_in_s": 60},
    wire.SessionAsk: {
        "node": _NODE,
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
        "time": _TIME,
    },
    wire.Push: {
        "proto": 1,
        "node": _NODE,
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
        "node": _NODE,
        "epoch": 1,
        "acked_seq": 42,
        "acked_hash": "c2" * 32,
        "incarnation": 1,
        "results": [{"seq": 42, "status": "applied", "exception": None}],
        "hold_totals": {"CNY": 12_000, "PTS": 340},
        "time": _TIME,
        "signature": _SEALED,
    },
    wire.GrantAsk: {
        "grant": _GRANT,
        "member": _MEMBER,
        "purpose": "jit",
        "wants": [{"unit": "CNY", "want": 12_000, "least": 12_000}],
    },
    wire.Grant: _GRANTED,
    wire_orders.OrderClaim: {"claim": _GRANT, "sale": _EVENT},
    wire_orders.Orders: {"orders": [_ORDER]},
    wire_orders.Claimed: {"order": _ORDER, "valid_for_s": 60},
    wire_orders.PhoneWish: {
        "intent": _GRANT,
        "member": _MEMBER,
        "phone": "+8613812345678",
        "before": "+8613812340217",
    },
    wire_orders.PhoneChanged: {"member": _MEMBER},
    wire.FeedPage: {
        "items": [_ITEM],
        "cursor": 7,
        "more": False,
        "outstanding": [_GRANTED],
        "acked_seq": 42,
        "incarnation": 1,
        "time": _TIME,
    },
    wire.SnapshotPage: {
        "items": [_ITEM],
        "next": None,
        "cursor": 7,
        "acked_seq": 42,
        "incarnation": 1,
        "time": _TIME,
    },
    wire_figures.Explanation: {
        "member": _MEMBER,
        "what": "stored_value",
        "figure": 43_000,
        "explained": 43_000,
        "even": True,
        "parts": [
            {
                "ref": _LOT,
                "about": {"at": _TIME, "paid": 50_000, "bonus": 5_000},
                "amount": 43_000,
                "bonus": 3_909,
                "free": 31_000,
                "held": {f"{_NODE}.1": 12_000},
                "given_again": 0,
            }
        ],
        "steps": [
            {
                "node": _NODE,
                "epoch": 1,
                "seq": 7,
                "kind": "TOPUP",
                "at": _TIME,
                "refs": {_LOT: 55_000},
                "amount": 55_000,
                "bonus": 5_000,
                "after": 55_000,
            },
            {
                "node": _NODE,
                "epoch": 1,
                "seq": 9,
                "kind": "SALE",
                "at": _TIME + 60_000,
                "refs": {_LOT: -12_000},
                "amount": -12_000,
                "bonus": -1_091,
                "after": 43_000,
            },
        ],
        "next": None,
        "time": _TIME + 120_000,
    },
    wire_figures.StoreLiability: {
        "store": "S01",
        "first": "2026-06-01",
        "last": "2026-06-30",
        "roll": {
            "opening": _fen(12_500_000, 1_630_000),
            "top_ups": _fen(2_300_000, 318_000),
            "spent": _fen(1_745_300, 231_200),
            "refunds": _fen(45_000, 5_100),
            "closures": _fen(60_000, 9_000),
            "adjustments": _fen(0, 0),
            "closing": _fen(13_039_700, 1_712_900),
            "lots": _fen(13_039_700, 1_712_900),
            "difference": _fen(0, 0),
        },
        "settled": [
            {"store": "S01", "spent": _fen(1_600_300, 211_200)},
            {"store": "S02", "spent": _fen(100_000, 14_900)},
        ],
        "given_again": _fen(0, 0),
        "custody": {"large": 2_607_940, "group": 3_911_910, "brand": 5_215_880},
        "even": True,
        "time": _TIME,
    },
    wire_cases.ExceptionList: {
        "items": [
            {
                "id": _EVENT,
                "type": "HOLD_SHORT",
                "node": _NODE,
                "epoch": 1,
                "seq": 42,
                "member": _MEMBER,
                "unit": "CNY",
                "amount": 500,
                "here": {"held": 11_500},
                "there": {"spent": 12_000},
                "proposal": "loss",
                "who": "HQ finance",
                "state": "open",
                "opened_at": _TIME,
                "resolution": None,
            }
        ]
    },
    integration_shapes.BehaviourAsk: _BEHAVIOUR | {"at": _TIME},
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
    integration_shapes.PointsReport: {
        "month": "2026-06",
        "until": "2026-06-30",
        "alarm": "LOW",
        "figures": [
            {
                "name": "redemption_rate_12_months",
                "amount": 2_500,
                "unit": "bp",
                "count": 412,
                "base": {"issued": 80_000, "redeemed": 20_000},
            }
        ],
    },
    wire_alerts.AlertList: {
        "items": [
            {
                "id": "01890f64b1c27e60a3d4e5f60718293a",
                "signal": "large_amount",
                "subject": _MEMBER,
                "members": [_MEMBER],
                "day": "2026-06-15",
                "rules": "demo/2026-01-01/5f0c3a9b",
                "rule": {"fen": 500_000},
                "rows": [
                    {
                        "event": _EVENT,
                        "node": _NODE,
                        "at": _TIME,
                        "deed": "top_up",
                        "member": _MEMBER,
                        "amount": 600_000,
                    }
                ],
                "proposal": "look",
                "raised_at": _TIME,
                "state": "closed",
                "closing": {"by": "HQ finance", "why": "A wedding; paid by bank", "at": _TIME},
            }
        ]
    },
}
