"""A tier that a person gave, as member rows and the feed spell it."""

from __future__ import annotations

import json
from datetime import date

from pos_app.ledger.rules.tier_standing import ManualTier


def manual_text(code: str, until: str, reason: str) -> str:
    """Write down a tier with its last day and why it was given."""
    told = {"code": code, "reason": reason, "until": until}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def manual_from(kept: str | None) -> ManualTier | None:
    """Return what was given."""
    if not kept:
        return None
    told = json.loads(kept)
    return ManualTier(str(told["code"]), date.fromisoformat(told["until"]))


def reason_of(kept: str | None) -> str:
    """Return why."""
    return str(json.loads(kept)["reason"]) if kept else ""
