"""What counts towards a tier: qualifying money and growth by day, and the tier that came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind, canonical

_ADD = "INSERT INTO growth (member, on_day, seq, spend, growth, points) VALUES (?, ?, ?, ?, ?, ?)"
_TIER = (
    "UPDATE member SET tier = ?, tier_since = ?, tier_protected_until = ?, tier_source = ?,"
    " tier_before = ?"
    " WHERE id = ?"
)


def _earn(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    if event.member is None:
        return
    earned = event.body["earned"]
    figures = (event.body["eligible"], earned["growth"], earned["points"])
    to.execute(_ADD, (event.member.bytes, event.business_date.isoformat(), event.seq, *figures))
    to.execute(
        "UPDATE member SET visits = visits + 1, last_visit = ? WHERE id = ?",
        (event.business_date.isoformat(), event.member.bytes),
    )
    _take_tier(to, event)


def _take_back(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    """Take it out of the day on which it was earned, so that it leaves the window with it."""
    if event.member is None:
        return
    back = event.body["taken_back"]
    figures = (-back["spend"], -back["growth"], -back["points"])
    to.execute(_ADD, (event.member.bytes, event.body["sold_on"], event.seq, *figures))
    _take_tier(to, event)


def _take_tier(to: Statements, event: Event) -> None:
    tier = event.body["tier"]
    if tier is None or event.member is None:
        return
    source = UUID(tier["source"]).bytes if tier["source"] else None
    before = canonical(tier["before"]).decode() if tier["before"] else None
    held = (tier["code"], tier["since"], tier["protected_until"] or None)
    to.execute(_TIER, (*held, source, before, event.member.bytes))


TOPIC = {Kind.SALE: _earn, Kind.REFUND: _take_back, Kind.VOID: _take_back}
