"""Both sides of an exception next to each other: every fact that HQ states, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from pos_app.language import _
from pos_app.ledger.store.event import moment
from pos_app.money import Money, Points
from pos_app.ui.formats import money, points
from pos_app.ui.sync_page.state import Side

NONE = "–"
_MOMENTS = frozenset({"at", "before", "last_seen", "received_at"})
_SUMS = frozenset(
    {"CNY", "bonus", "booked", "cash", "counted", "eligible", "external", "paid", "principal"}
)
_OF_ITS_UNIT = frozenset({"held", "sum"})
_IDENTITIES = frozenset({"event", "hash", "member", "of", "signature"})
_SHOWN = 8


def sides(
    here: Mapping[str, Any], at_hq: Mapping[str, Any], *, unit: str, zone: ZoneInfo
) -> tuple[Side, ...]:
    """Put both sides next to each other; a fact that a newer HQ states keeps its own name."""
    lines = []
    for key in dict.fromkeys((*here, *at_hq)):
        mine, theirs = here.get(key), at_hq.get(key)
        shown, shown_theirs = (_value(key, one, unit, zone) for one in (mine, theirs))
        lines.append(Side(labels().get(key, key), shown, shown_theirs, mine != theirs))
    return tuple(lines)


def quantity(unit: str, amount: int) -> str:
    """Say how much of a unit."""
    if unit == "CNY":
        return money(Money(amount))
    if unit == "PTS":
        return _("{points} pts").format(points=points(Points(amount)))
    return _("1 coupon") if unit.startswith("CPN") and amount == 1 else f"{amount:,}"


def labels() -> dict[str, str]:
    """Return the name of every fact."""
    return (
        _of_chains()
        | _of_sums()
        | {
            "member": _("Member"),
            "phone": _("Phone"),
            "name": _("Name"),
            "status": _("Status"),
            "tier": _("Tier"),
            "field": _("Detail"),
            "at": _("Written at"),
            "day": _("Last day"),
            "before": _("Entry before"),
            "received_at": _("Received at"),
            "last_seen": _("Last heard of"),
        }
    )


def _of_chains() -> dict[str, str]:
    return {
        "seq": _("Place"),
        "acked": _("Told up to"),
        "hash": _("Hash"),
        "signature": _("Signature"),
        "event": _("Entry"),
        "of": _("Sale"),
        "fault": _("Fault"),
    }


def _of_sums() -> dict[str, str]:
    return {
        "CNY": _("Stored value"),
        "PTS": _("Points"),
        "CPN": _("Coupons"),
        "points": _("Points"),
        "growth": _("Growth"),
        "eligible": _("Counts for points"),
        "held": _("Held"),
        "sum": _("Sum"),
        "count": _("How many"),
        "counted": _("Counted"),
        "booked": _("Booked"),
        "external": _("Other tenders"),
        "principal": _("Principal"),
        "bonus": _("Bonus"),
    }


def _value(key: str, value: object, unit: str, zone: ZoneInfo) -> str:
    if value is None:
        return NONE
    if isinstance(value, int):
        return _number(key, value, unit, zone)
    if isinstance(value, str):
        return _text(key, value)
    if key == "held" and isinstance(value, Mapping):
        return " · ".join(quantity(one, int(much)) for one, much in value.items()) or NONE
    return json.dumps(value, ensure_ascii=False)


def _text(key: str, value: str) -> str:
    if key == "field":
        return _fields().get(value, value)
    return f"{value[:_SHOWN]} …" if key in _IDENTITIES and len(value) > _SHOWN else value


def _number(key: str, value: int, unit: str, zone: ZoneInfo) -> str:
    if key in _MOMENTS:
        return f"{moment(value).astimezone(zone):%m-%d %H:%M}"
    if key in _OF_ITS_UNIT:
        return quantity(unit, value)
    return money(Money(value)) if key in _SUMS else f"{value:,}"


def _fields() -> dict[str, str]:
    return {
        "phone": _("Phone"),
        "card": _("Card"),
        "pin": _("PIN"),
        "status": _("Status"),
    }
