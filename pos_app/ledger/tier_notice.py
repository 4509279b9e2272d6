"""The fall of a tier that is coming, as HQ told the member."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos_app.money import Growth, Money


@dataclass(frozen=True, slots=True)
class TierNotice:
    """At the review the tier falls, unless either missing figure is reached by then."""

    falls_to: str
    review_on: date
    spend_missing: Money
    growth_missing: Growth

    def after(self, spend: Money, growth: Growth) -> TierNotice | None:
        """Return what is left of it after orders that HQ does not know yet; None where nothing."""
        missing = (self.spend_missing - spend, self.growth_missing - growth)
        if missing[0] <= Money() or missing[1] <= Growth():
            return None
        return TierNotice(self.falls_to, self.review_on, *missing)


def told_notice(body: Mapping[str, Any]) -> str:
    """Return what a member's body says of it, to be kept; an older HQ says nothing.

    Raises like any reading of what HQ told where it cannot be read.
    """
    told = body.get("tier_notice") or ""
    notice_from(told)
    return str(told)


def notice_from(kept: str) -> TierNotice | None:
    """Return what was kept."""
    if not kept:
        return None
    told = json.loads(kept)
    missing = (Money(int(told["spend_missing"])), Growth(int(told["growth_missing"])))
    return TierNotice(str(told["to"]), date.fromisoformat(told["on"]), *missing)
