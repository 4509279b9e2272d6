"""One valid example of every answer that leads a figure back to what it comes from."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from pos_app.sync import wire_figures, wire_tiers
from pos_hq import integration_shapes
from pos_hq.api import sample


def _fen(principal: int, bonus: int) -> dict[str, int]:
    return {"principal": principal, "bonus": bonus}


FIGURES: dict[type[BaseModel], dict[str, Any]] = {
    wire_tiers.TierView: {
        "member": sample.MEMBER,
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
                "node": sample.NODE,
                "epoch": 1,
                "seq": 41,
                "event": sample.EVENT,
                "kind": "SALE",
                "on": "2026-06-15",
                "spend": 520_000,
                "growth": 940,
            }
        ],
    },
    wire_figures.Explanation: {
        "member": sample.MEMBER,
        "what": "stored_value",
        "figure": 43_000,
        "explained": 43_000,
        "even": True,
        "parts": [
            {
                "ref": sample.LOT,
                "about": {"at": sample.TIME, "paid": 50_000, "bonus": 5_000},
                "amount": 43_000,
                "bonus": 3_909,
                "free": 31_000,
                "held": {f"{sample.NODE}.1": 12_000},
                "given_again": 0,
            }
        ],
        "steps": [
            {
                "node": sample.NODE,
                "epoch": 1,
                "seq": 7,
                "kind": "TOPUP",
                "at": sample.TIME,
                "refs": {sample.LOT: 55_000},
                "amount": 55_000,
                "bonus": 5_000,
                "after": 55_000,
            },
            {
                "node": sample.NODE,
                "epoch": 1,
                "seq": 9,
                "kind": "SALE",
                "at": sample.TIME + 60_000,
                "refs": {sample.LOT: -12_000},
                "amount": -12_000,
                "bonus": -1_091,
                "after": 43_000,
            },
        ],
        "next": None,
        "time": sample.TIME + 120_000,
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
        "time": sample.TIME,
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
}
