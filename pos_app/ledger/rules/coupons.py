"""Coupons in a member's hand, and what the quote says about each."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_app.ids import CouponId
from pos_app.money import Money


@dataclass(frozen=True, slots=True)
class HeldCoupon:
    """A coupon that may be used here; the last day is included."""

    id: CouponId
    template: str
    valid_from: date
    valid_until: date


class Unused(StrEnum):
    """Why a coupon is not used."""

    UNKNOWN_TEMPLATE = "unknown_template"
    MEMBER_BLOCKED = "member_blocked"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    WRONG_STORE = "wrong_store"
    WRONG_CHANNEL = "wrong_channel"
    WRONG_WEEKDAY = "wrong_weekday"
    WRONG_HOURS = "wrong_hours"
    WRONG_TIER = "wrong_tier"
    OUT_OF_STOCK = "out_of_stock"
    NEEDS_LINES = "needs_lines"
    NO_GOODS_IN_SCOPE = "no_goods_in_scope"
    BELOW_THRESHOLD = "below_threshold"
    EXCLUDED_BY_MEMBER_DAY = "excluded_by_member_day"
    ONLY_ONE_PER_ORDER = "only_one_per_order"
    NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True, slots=True)
class CouponVerdict:
    """A held coupon: what it saves, or would save, and why it is not used.

    `gap` is what is missing to the threshold, when that is the reason.
    """

    coupon: HeldCoupon
    saves: Money
    used: bool
    reason: Unused | None = None
    gap: Money | None = None
