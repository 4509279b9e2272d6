"""What an event need not say: facts at their usual value are left out of its bytes and put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_UNSAID = object()


@dataclass(frozen=True, slots=True)
class Form:
    """The usual facts of a map, and the forms of the maps inside it. Part of the format for ever.

    A usual value is never changed: in the events that were written by it, silence means it.
    """

    usual: Mapping[str, Any]
    inner: Mapping[str, Form] = field(default_factory=dict)


PLAIN = Form({})
_LOT = Form({"principal": 0, "bonus": 0})
_AFTER = Form({"principal": 0, "bonus": 0, "points": 0, "next_expiry": []})
_LINE = Form({"quantity": 1, "sku": "", "category": "", "designated": 0})
_UNIT = Form(
    {
        "line": 0,
        "coupon": 0,
        "points": 0,
        "principal": 0,
        "bonus": 0,
        "rounding": 0,
        "external": [],
    }
)
_ORDER = Form(
    {
        "itemised": 1,
        "points": 0,
        "tenders": [],
        "store": "",
        "channel": "store",
        "out_of_stock": [],
    }
)
_EARNED = Form({"multiplier": 10_000, "reason": "", "points": 0, "pending": 0, "growth": 0})
SALE = Form(
    {
        "member_day": 0,
        "coupons": [],
        "batches": [],
        "lots": [],
        "externals": [],
        "item_discount": 0,
        "coupon_discount": 0,
        "points": 0,
        "points_value": 0,
        "principal": 0,
        "bonus": 0,
        "rounding": 0,
        "stored_value": 0,
        "saved": 0,
        "eligible": 0,
        "tier_pct": 100,
        "cash_received": None,
        "tier": None,
        "after": None,
    },
    {
        "lines": _LINE,
        "units": _UNIT,
        "order": _ORDER,
        "earned": _EARNED,
        "lots": _LOT,
        "after": _AFTER,
    },
)
_LEGS = Form({**_UNIT.usual, "goods": 0})
_COUNTED = Form({"spend": 0, "points": 0, "pending": 0, "growth": 0})
RETURN = Form(
    {
        "externals": [],
        "lots": [],
        "batches": [],
        "clawed": [],
        "coupons_back": [],
        "gifts_due": [],
        "money": 0,
        "principal": 0,
        "bonus": 0,
        "points": 0,
        "debt": 0,
        "deducted_for_points": 0,
        "deducted_for_gifts": 0,
        "over_cap": 0,
        "short": 0,
        "waiver": "",
        "tier": None,
        "after": None,
    },
    {
        "legs": _LEGS,
        "taken_back": _COUNTED,
        "stands": _COUNTED,
        "lots": _LOT,
        "after": _AFTER,
        "coupons_back": Form({"anew": 0}),
        "gifts_due": Form({"end": "back"}),
    },
)

# By the kind of event.
FORMS: Mapping[str, Form] = {"SALE": SALE, "REFUND": RETURN, "VOID": RETURN}


def spared(body: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Leave out what the form says anyway."""
    usual = form.usual
    said = {name: fact for name, fact in body.items() if usual.get(name, _UNSAID) != fact}
    return _inside(said, form, spared) if form.inner else said


def filled(body: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Put back what was left out."""
    whole = {**form.usual, **body}
    return _inside(whole, form, filled) if form.inner else whole


def _inside(body: dict[str, Any], form: Form, done: Any) -> dict[str, Any]:  # noqa: ANN401 -- either of the two above
    for name, inner in form.inner.items():
        fact = body.get(name)
        if isinstance(fact, dict):
            body[name] = done(fact, inner)
        elif fact:
            body[name] = [done(one, inner) for one in fact]
    return body
