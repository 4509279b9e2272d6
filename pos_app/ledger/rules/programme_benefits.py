"""What the programme gives: points, growth, tiers, member days, birthdays, coupons and tags."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from pos_app.ledger.rules.programme_values import (
    AtLeastOne,
    AtLeastOneDay,
    Code,
    Days,
    Fen,
    MultiplierBp,
    Name,
    OnlyOne,
    Percent,
    PercentOfAll,
    Quantity,
    Section,
    ShareBp,
    TimeOfDay,
    Words,
)

CouponType = Literal["full_reduction", "discount", "voucher", "exchange", "gift"]


class Rounding(Section):
    percentage_discount: Literal["floor_payable"]
    allocation: Literal["largest_remainder"]
    points_earn: Literal["floor"]
    growth_earn: Literal["floor"]
    stored_value_split: Literal["principal_floor"]
    interest: Literal["ceil"]
    cash_rounding_unit_fen: Annotated[int, Field(ge=1, le=100)]
    cash_rounding_mode: str


class Behaviour(Section):
    review: Quantity
    share: Quantity
    sign_in_ladder: tuple[Quantity, ...]
    complete_profile: Quantity
    first_app_login: Quantity


class PointsGift(Section):
    """Something of the gift catalogue: so many points and so much money for one, both or points.

    `first_day` and `last_day` are the keys `from` and `until`, days of business.
    """

    code: Code
    name: Name
    points: Annotated[int, Field(ge=1, le=1_000_000)]
    cash_fen: Annotated[int, Field(ge=0, le=100_000_000)] = 0
    per_member: AtLeastOne | None = None
    first_day: Annotated[date | None, Field(alias="from")] = None
    last_day: Annotated[date | None, Field(alias="until")] = None


class PointsRules(Section):
    """How points are earned and spent. One point per yuan and one fen per point are fixed."""

    earn_per_yuan: OnlyOne
    value_fen: OnlyOne
    value_change_roles: tuple[Code, ...]
    earn_basis: tuple[Literal["external"], Literal["sv_principal"]]
    multiplier_member_day_bp: MultiplierBp
    multiplier_birthday_month_bp: MultiplierBp
    multiplier_first_order_bp: MultiplierBp
    multiplier_combine: Literal["max"]
    register_points: Quantity
    expiry_months: AtLeastOne
    expiry_align: Literal["month_end"]
    consume_order: Literal["fifo_by_expiry"]
    remind_days_before: tuple[AtLeastOneDay, ...]
    refund_of_expired_grace_days: AtLeastOneDay
    redeem_min: AtLeastOne
    redeem_step: AtLeastOne
    redeem_max_pct_bp: ShareBp
    daily_earn_cap: Quantity
    daily_behaviour_cap: Quantity
    clawback_shortfall: Literal["debt", "deduct_refund"]
    redemption_rate_band_bp: tuple[ShareBp, ShareBp]
    behaviour: Behaviour
    gift: tuple[PointsGift, ...] = ()


class GrowthRules(Section):
    """How growth is earned. `on_register` is the key `register`, a name that pydantic keeps."""

    per_fen_denominator: AtLeastOne
    on_register: Annotated[Quantity, Field(alias="register")]
    review: Quantity
    share: Quantity
    sign_in: Quantity
    refer_friend: Quantity
    daily_behaviour_cap: Quantity
    window_days: AtLeastOneDay


class MemberDayBenefit(Section):
    scope: Literal["designated_items", "order"]
    pct: Percent
    gifts: tuple[Name, ...] = ()
    priority_queue: bool = False


class Tier(Section):
    code: Code
    name: Name
    spend_fen: Fen
    growth: Quantity
    member_day: MemberDayBenefit


class TierRules(Section):
    match: Literal["spend_or_growth"]
    upgrade: Literal["immediate"]
    review_cycle: Literal["quarterly", "half_yearly", "yearly"]
    protection_days: Days
    downgrade_max_levels: AtLeastOne
    downgrade_notice_days: Days
    refund_reverses_upgrade: bool


class MemberDay(Section):
    day_of_month: Annotated[int, Field(ge=1, le=28)]
    pre_notice_days: Days


class BirthdayRules(Section):
    """Birthdays in both calendars. Without a template their coupon is not issued."""

    coupon_days_before: Annotated[int, Field(ge=0, le=60)]
    calendars: tuple[Literal["solar", "lunar"], ...]
    lunar_missing_leap_month: Literal["use_regular_month"]
    lunar_missing_day30: Literal["use_last_day"]
    solar_feb29: Literal["feb28_in_common_years"]
    change_limit_per_year: Quantity
    coupon_template: Code | None = None


class CouponScope(Section):
    """Where a coupon holds. An empty list means: everywhere. Hours run from, until before."""

    skus: tuple[Name, ...] = ()
    categories: tuple[Name, ...] = ()
    excluded_skus: tuple[Name, ...] = ()
    stores: tuple[Name, ...] = ()
    channels: tuple[Name, ...] = ()
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    hours: tuple[TimeOfDay, TimeOfDay] | None = None
    tiers: tuple[Code, ...] = ()


class CouponTemplate(Section):
    """A kind of coupon. `pct` is the percentage that stays payable: 88 is 8.8折."""

    code: Code
    type: CouponType
    name: Words = ""
    face_fen: Fen = 0
    pct: Percent = 100
    cap_fen: Fen | None = None
    threshold_fen: Fen = 0
    gift_value_fen: Fen = 0
    exchange_sku: Words = ""
    valid_days: AtLeastOneDay = 30
    scope: CouponScope = CouponScope()


class CouponRules(Section):
    max_order_level_per_order: Annotated[int, Field(ge=0, le=1)]
    order_level_types: tuple[CouponType, ...]
    stackable_types: tuple[CouponType, ...]
    threshold_basis: Literal["after_item_discount_before_coupon"]
    exclusive_with_member_day: bool
    points_after_coupon: bool
    partial_refund_mode: Literal["proportional", "recompute"]
    return_on_full_refund: bool
    return_expired_extend_days: AtLeastOneDay
    newcomer_template: Code | None = None
    template: tuple[CouponTemplate, ...] = ()


class TagRule(Section):
    rule: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,60} (>|>=) [0-9]{1,12}$")]


class Tags(Section):
    high_ticket: TagRule
    dormant: TagRule
    high_frequency: TagRule
    category_fan: TagRule


class Rfm(Section):
    bands: tuple[tuple[Code, PercentOfAll], ...]


class ChurnStage(Section):
    from_day: Days
    to_day: Days
    action: Words


class Churn(Section):
    trigger_days_no_activity: AtLeastOneDay
    l1: ChurnStage
    l2: ChurnStage
    l3: ChurnStage
    max_messages_per_7d: Quantity
    coupon_template: Code | None = None
    signal_visit_drop_pct: PercentOfAll
    signal_interval_over_pct: Quantity
