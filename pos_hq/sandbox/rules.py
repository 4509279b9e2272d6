"""Two programmes side by side: what of an event the draft can change at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pos_app.ledger.rules.item_benefits import is_member_day
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.programme_bounds import value_at
from pos_hq.sandbox.deeds import Deed

Concerns = Callable[[Deed, Programme, Programme], bool]


@dataclass(frozen=True, slots=True)
class Rules:
    """The version that priced an event, the draft, and which keys of theirs differ."""

    own: Programme
    draft: Programme
    differing: tuple[Concerns, ...]
    same_tiers: bool

    def concern(self, deed: Deed) -> bool:
        """Say whether the draft can price this order otherwise."""
        return any(concerns(deed, self.own, self.draft) for concerns in self.differing)


def rules_of(own: Programme, draft: Programme) -> Rules:
    """Compare two programmes once, for all the events of a version."""
    differing = [told for key, told in _PRICES.items() if _differs(key, own, draft)]
    same_tiers = not any(_differs(key, own, draft) for key in _TIERS)
    return Rules(own, draft, tuple(differing), same_tiers)


def _differs(key: str, own: Programme, draft: Programme) -> bool:
    return bool(value_at(own, key) != value_at(draft, key))


def _always(_deed: Deed, _own: Programme, _draft: Programme) -> bool:
    return True


def _member_day(deed: Deed, own: Programme, draft: Programme) -> bool:
    return is_member_day(deed.day, own) or is_member_day(deed.day, draft)


def _points(deed: Deed, _own: Programme, _draft: Programme) -> bool:
    return bool(deed.body["points"])


def _coupons(deed: Deed, _own: Programme, _draft: Programme) -> bool:
    return bool(deed.body["coupons"])


def _cash(deed: Deed, _own: Programme, _draft: Programme) -> bool:
    return any(ask["tender"] == "cash" for ask in deed.body["order"].get("tenders", ()))


# Everything that a price reads of a programme, and which orders read it.
_PRICES: Mapping[str, Concerns] = {
    "timezone": _always,
    "business_day_cutover": _always,
    "rounding": _cash,
    "points.multiplier_member_day_bp": _member_day,
    "points.multiplier_birthday_month_bp": _always,
    "points.multiplier_first_order_bp": _always,
    "points.daily_earn_cap": _always,
    "points.redeem_min": _points,
    "points.redeem_step": _points,
    "points.redeem_max_pct_bp": _points,
    "growth.per_fen_denominator": _always,
    "tier": _member_day,
    "member_day": _member_day,
    "coupon": _coupons,
}
_TIERS = ("tier", "tier_rules", "growth.window_days")
