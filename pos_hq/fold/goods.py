"""Which kinds of goods an order brought, and which of them were kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pos_hq.fold.fact import text

_MALFORMED = (LookupError, TypeError, ValueError, AttributeError)


def sold(body: Mapping[str, Any]) -> list[str]:
    """Return the category of each unit of an order, "" where it has none.

    The money of an order counts whatever it says of its goods: what cannot be read has none.
    """
    try:
        lines = [text(line.get("category", "")) for line in body.get("lines", ())]
        found = [lines[unit.get("line", 0)] for unit in body.get("units", ())]
    except _MALFORMED:
        return []
    return found if any(found) else []


def kept(goods: Sequence[str], body: Mapping[str, Any]) -> list[str]:
    """Return what is left of an order's goods after a return."""
    units = body.get("units", ())
    gone = {one for one in units if type(one) is int} if isinstance(units, list) else set()
    left = ["" if place in gone else category for place, category in enumerate(goods)]
    return left if any(left) else []
