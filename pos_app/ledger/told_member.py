"""A member as HQ tells of them, read part by part."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pos_app.ledger.store.accounts import CNY
from pos_app.ledger.store.card_rows import CardForm, CardState

Body = Mapping[str, Any]


def rights(body: Body) -> list[tuple[str, str, int, str]]:
    """Return what lies free at HQ, each with what a terminal must know of lot or coupon.

    HQ grants no lot or coupon that it does not know itself, so that none is counted here either;
    what it has granted too much of, after a restore, is nothing to spend.
    """
    lots, coupons = body.get("lots", {}), body.get("coupons", {})
    rights = []
    for pocket, ref, amount in body.get("avail", []):
        about: dict[str, Any] = {}
        if pocket in {"P", "B"} and ref in lots:
            about = dict(zip(("at", "paid", "bonus"), lots[ref], strict=True))
        elif pocket == "CPN" and ref in coupons:
            about = dict(zip(("template", "valid_from", "valid_until"), coupons[ref], strict=True))
        if amount > 0 and (about or pocket == "PTS"):
            rights.append((pocket, ref, amount, json.dumps(about)))
    return rights


def real_name(body: Body) -> tuple[str, str]:
    """Return by which event a document was shown, and until when that is kept; or nothing."""
    event, until = body.get("real_name") or ("", "")
    return (UUID(event).hex, date.fromisoformat(until).isoformat()) if event else ("", "")


def card(told: Sequence[Any]) -> list[Any]:
    """Return a card as HQ told it: identity, number, form, state, since, and its block."""
    card, number, form, state, since, block = told[:6]
    lost = None if block is None else UUID(block).hex
    return [UUID(card).hex, number, CardForm(form), CardState(state), int(since), lost]


def elsewhere(body: Body, here: str) -> int:
    """Return the stored value that the member holds at other terminals."""
    held = body.get("held", {})
    return sum(int(sums.get(CNY, 0)) for place, sums in held.items() if place != here)
