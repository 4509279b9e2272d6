"""The tier of a member, between HQ's columns and what the rules read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from pos_app.ids import EventId
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tier_review import DowngradeNotice
from pos_app.ledger.rules.tiers import TierState
from pos_hq.fold.sheet import Sheet
from pos_hq.fold.values import Member


def tier_text(state: TierState) -> str:
    """Write down the tier that an upgrade found."""
    return json.dumps(
        {
            "code": state.code,
            "since": state.since.isoformat(),
            "protected_until": state.protected_until and state.protected_until.isoformat(),
            "source": state.upgrade_source and state.upgrade_source.hex,
            "before": None if state.before is None else json.loads(tier_text(state.before)),
        },
        sort_keys=True,
    )


def take_tier(sheet: Sheet, member: Member, state: TierState) -> None:
    """Let a member stand at a tier."""
    member.tier, member.tier_since = state.code, state.since.isoformat()
    until, source = state.protected_until, state.upgrade_source
    member.tier_protected_until = None if until is None else until.isoformat()
    member.tier_source = None if source is None else source.hex
    member.tier_before = None if state.before is None else tier_text(state.before)
    member.tier_notice = None
    sheet.changed.add(member.id)


def give_notice(sheet: Sheet, member: Member, notice: DowngradeNotice) -> None:
    """Let a member's row tell of the fall that is coming, and from which day on orders count."""
    told = {
        "from": notice.held,
        "to": notice.falls_to,
        "on": notice.review_on.isoformat(),
        "since": notice.figures.since.isoformat(),
        "spend_missing": notice.spend_missing.minor,
        "growth_missing": notice.growth_missing.minor,
    }
    member.tier_notice = json.dumps(told, sort_keys=True)
    sheet.changed.add(member.id)


def come_nearer(member: Member, on_day: str, spend: int, growth: int) -> None:
    """Let an order, or below zero a return, change what is missing to keep the tier."""
    if member.tier_notice is None:
        return
    told = json.loads(member.tier_notice)
    if on_day >= told["since"]:
        told["spend_missing"] -= spend
        told["growth_missing"] -= growth
        member.tier_notice = json.dumps(told, sort_keys=True)


def tier_state(member: Member, rules: Programme) -> TierState:
    """Read the tier that a member holds; the lowest where HQ knows of none."""
    before = None if member.tier_before is None else _tier_from(json.loads(member.tier_before))
    until, source = member.tier_protected_until, member.tier_source
    return TierState(
        member.tier or rules.tier[0].code,
        date.fromisoformat(member.tier_since),
        None if until is None else date.fromisoformat(until),
        None if source is None else EventId(UUID(source)),
        before,
    )


def _tier_from(told: dict[str, Any]) -> TierState:
    until, source = told["protected_until"], told["source"]
    return TierState(
        told["code"],
        date.fromisoformat(told["since"]),
        date.fromisoformat(until) if until else None,
        EventId(UUID(source)) if source else None,
        _tier_from(told["before"]) if told["before"] else None,
    )
