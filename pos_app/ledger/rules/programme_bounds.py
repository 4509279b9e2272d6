"""What no programme may loosen: the law's bounds, and what the arithmetic rests on."""

import functools
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from pos_app.ledger.rules.ladder import splitting_pays, with_big_rung
from pos_app.ledger.rules.programme_benefits import (
    ChurnStage,
    CouponTemplate,
    PointsGift,
    Tier,
)
from pos_app.ledger.rules.programme_limits import Argon2id, Backup, LadderRung, StoredValue
from pos_app.ledger.rules.tag_expressions import read_rule

Holds = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Breach:
    """A value that a rule refuses."""

    key: str
    rule: str
    value: object


def breaches(programme: object) -> Iterator[Breach]:
    """Yield every bound that the programme breaks, in the order of the tables."""
    for key, rule, holds in (*LEGAL, *SECURE, *ORDERED, *WHOLE):
        value = value_at(programme, key)
        if not holds(value):
            yield Breach(key, rule, value)
    for row, template in enumerate(value_at(programme, "coupon.template")):
        yield from _template_breaches(row, template)


def value_at(programme: object, key: str) -> Any:  # noqa: ANN401 -- any key of the document
    """Return the value of a dotted key; the empty key is the whole programme."""
    return functools.reduce(getattr, key.split(".") if key else (), programme)


def _template_breaches(row: int, template: CouponTemplate) -> Iterator[Breach]:
    for types, field, holds in TEMPLATE:
        value = getattr(template, field)
        if template.type in types and not holds(value):
            yield Breach(f"coupon.template.{row}.{field}", "template_incomplete", value)


def at_most(limit: int) -> Holds:
    return lambda value: value <= limit


def at_least(limit: int) -> Holds:
    return lambda value: value >= limit


def exactly(*allowed: object) -> Holds:
    return lambda value: value in allowed


def not_above(smaller: str, larger: str) -> Holds:
    """Hold where the first key's value does not exceed the second's."""
    return lambda section: value_at(section, smaller) <= value_at(section, larger)


def distinct(field: str) -> Holds:
    return lambda rows: len({getattr(row, field) for row in rows}) == len(rows)


def no_repeats(values: Sequence[object]) -> bool:
    return len(set(values)) == len(values)


def known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def tiers_ascend(tiers: Sequence[Tier]) -> bool:
    return all(
        low.spend_fen < high.spend_fen and low.growth < high.growth for low, high in pairwise(tiers)
    )


def tiers_start_at_nothing(tiers: Sequence[Tier]) -> bool:
    return bool(tiers) and tiers[0].spend_fen == 0 and tiers[0].growth == 0


def ladder_ascends(ladder: Sequence[LadderRung]) -> bool:
    return all(low.topup_fen < high.topup_fen for low, high in pairwise(ladder))


def ladder_ratio_holds(ladder: Sequence[LadderRung]) -> bool:
    """Hold where no rung gives a smaller share than the one below it."""
    return all(
        high.bonus_fen * low.topup_fen >= low.bonus_fen * high.topup_fen
        for low, high in pairwise(ladder)
    )


def ladder_is_sound(ladder: Sequence[LadderRung]) -> bool:
    return not ladder_ascends(ladder) or not splitting_pays(ladder)


def big_campaign_is_sound(rules: StoredValue) -> bool:
    big = rules.campaigns.big_1000_300
    return not big.enabled or ladder_is_sound(with_big_rung(rules.ladder, big))


# OWASP Password Storage Cheat Sheet: settings of Argon2id that are worth the same.
ARGON2ID_FLOOR = ((47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5))


def argon2id_is_strong(rules: Argon2id) -> bool:
    return any(rules.m_kib >= m_kib and rules.t >= t for m_kib, t in ARGON2ID_FLOOR)


def prefix_is_ours(prefix: str) -> bool:
    """Hold for two digits that neither WeChat (10-15), Alipay (25-30) nor UnionPay (62) uses."""
    if len(prefix) != 2 or not (prefix.isascii() and prefix.isdecimal()):
        return False
    return int(prefix) not in {*range(10, 16), *range(25, 31), 62}


def gifts_have_days(gifts: Sequence[PointsGift]) -> bool:
    """Hold where no gift ends before it begins."""
    spans = ((one.first_day, one.last_day) for one in gifts)
    return all(first is None or last is None or first <= last for first, last in spans)


def coupons_name_known_tiers(programme: object) -> bool:
    known = {tier.code for tier in value_at(programme, "tier")}
    return all(known.issuperset(one.scope.tiers) for one in value_at(programme, "coupon.template"))


def gift_is_known(key: str) -> Holds:
    """Hold where the template that a trigger gives is none, or one of the programme's."""

    def holds(programme: object) -> bool:
        known = {template.code for template in value_at(programme, "coupon.template")}
        return value_at(programme, key) in {None, *known}

    return holds


def bands_are_whole(bands: Sequence[tuple[str, int]]) -> bool:
    return sum(share for _, share in bands) == 100 and no_repeats([name for name, _ in bands])


def churn_follows_on(stages: Sequence[ChurnStage]) -> bool:
    return all(stage.from_day <= stage.to_day for stage in stages) and all(
        before.to_day < after.from_day for before, after in pairwise(stages)
    )


def rule_is_known(rule: str) -> bool:
    return read_rule(rule) is not None


def backup_times_agree(rules: Backup) -> bool:
    return no_repeats(rules.times) and len(rules.times) == rules.full_per_day


LEGAL: tuple[tuple[str, str, Holds], ...] = (
    ("rounding.cash_rounding_mode", "legal_cash_rounding", exactly("down_only")),
    ("stored_value.named_limit_fen", "legal_named_limit", at_most(500_000)),
    ("stored_value.unnamed_limit_fen", "legal_unnamed_limit", at_most(100_000)),
    ("stored_value.named_expiry", "legal_named_expiry", exactly("none")),
    ("stored_value.unnamed_expiry_years", "legal_unnamed_expiry", at_least(3)),
    ("stored_value.realname_required_for_named", "legal_real_name", bool),
    ("stored_value.realname_unnamed_from_fen", "legal_real_name", at_most(1_000_000)),
    ("stored_value.bank_transfer_personal_from_fen", "legal_no_cash", at_most(5_000_000)),
    ("stored_value.bank_transfer_corporate_from_fen", "legal_no_cash", at_most(500_000)),
    ("stored_value.id_record_years", "legal_id_record", at_least(5)),
    ("stored_value.bonus_withdrawable", "bonus_is_never_paid_out", operator.not_),
    ("stored_value.cool_off_days", "legal_cool_off", at_least(7)),
    ("stored_value.cool_off_refund_within_days", "legal_refund_delay", at_most(5)),
    ("stored_value.ordinary_refund_within_days", "legal_refund_delay", at_most(15)),
    ("stored_value.refund_cash_max_fen", "legal_refund_cash", at_most(10_000)),
    ("stored_value.invoice_on_topup", "legal_invoice", exactly("ordinary_non_taxable_601")),
    ("points.expiry_months", "legal_points_expiry", lambda months: 12 <= months <= 36),
    ("autonomy.store_share_max_bp", "legal_autonomy", at_most(2_000)),
)

SECURE: tuple[tuple[str, str, Holds], ...] = (
    ("second_factor.always_for_stored_value", "factor_always", bool),
    ("second_factor.no_cvm_limit_fen", "factor_always", exactly(0)),
    ("second_factor.pin.digits", "pin_digits", exactly(6)),
    ("second_factor.pin.argon2id", "pin_hash_too_weak", argon2id_is_strong),
    ("second_factor.pin.blocklist", "repeated", no_repeats),
    ("second_factor.totp.step_seconds", "code_step", exactly(30)),
    ("second_factor.totp.single_use", "code_single_use", bool),
    ("second_factor.member_code.digits", "member_code_digits", exactly(24)),
    ("second_factor.member_code.prefix", "member_code_prefix", prefix_is_ours),
    ("second_factor.member_code.step_seconds", "code_step", exactly(30)),
    ("second_factor.member_code.single_use", "code_single_use", bool),
    ("second_factor.approval.approver_must_differ", "approver_must_differ", bool),
    ("shift.blind_count", "blind_count", bool),
)

ORDERED: tuple[tuple[str, str, Holds], ...] = (
    (
        "second_factor",
        "limits_out_of_order",
        not_above("daily_limit_one_factor_fen", "daily_limit_two_factor_fen"),
    ),
    (
        "second_factor",
        "limits_out_of_order",
        not_above("static_code_daily_limit_fen", "daily_limit_one_factor_fen"),
    ),
    (
        "second_factor",
        "limits_out_of_order",
        not_above("large_amount_fen", "manager_approval_from_fen"),
    ),
    (
        "second_factor.pin",
        "limits_out_of_order",
        not_above("max_failures", "hard_lock_failures_24h"),
    ),
    (
        "second_factor.pin",
        "limits_out_of_order",
        not_above("offline_max_failures", "max_failures"),
    ),
    ("second_factor.sms", "limits_out_of_order", not_above("per_phone_hour", "per_phone_day")),
    (
        "stored_value",
        "limits_out_of_order",
        not_above("min_topup_fen", "named_limit_fen"),
    ),
    (
        "shift",
        "limits_out_of_order",
        not_above("variance_reason_from_fen", "variance_manager_from_fen"),
    ),
    ("points.redemption_rate_band_bp", "limits_out_of_order", lambda band: band[0] <= band[1]),
    ("kpi_alarms.nps_target", "limits_out_of_order", lambda band: band[0] <= band[1]),
)

WHOLE: tuple[tuple[str, str, Holds], ...] = (
    ("effective_from", "moment_out_of_reach", lambda moment: 2000 <= moment.year <= 2100),
    ("timezone", "unknown_timezone", known_zone),
    ("business_day_cutover", "cutover_after_noon", lambda cutover: cutover.hour < 12),
    ("tier", "tiers_start_above_nothing", tiers_start_at_nothing),
    ("tier", "tiers_not_ascending", tiers_ascend),
    ("tier", "repeated_code", distinct("code")),
    ("stored_value.ladder", "ladder_not_ascending", ladder_ascends),
    ("stored_value.ladder", "ladder_ratio_falls", ladder_ratio_holds),
    ("stored_value.ladder", "ladder_splitting_pays", ladder_is_sound),
    ("stored_value", "ladder_splitting_pays", big_campaign_is_sound),
    ("coupon.template", "repeated_code", distinct("code")),
    ("points.gift", "repeated_code", distinct("code")),
    ("points.gift", "gift_never_there", gifts_have_days),
    ("coupon.points_after_coupon", "order_of_calculation", bool),
    (
        "coupon",
        "coupon_types_overlap",
        lambda rules: no_repeats((*rules.order_level_types, *rules.stackable_types)),
    ),
    ("", "coupon_for_unknown_tier", coupons_name_known_tiers),
    ("", "unknown_newcomer_coupon", gift_is_known("coupon.newcomer_template")),
    ("", "unknown_birthday_coupon", gift_is_known("birthday.coupon_template")),
    ("", "unknown_wake_up_coupon", gift_is_known("churn.coupon_template")),
    ("tags.high_ticket.rule", "unknown_tag_figure", rule_is_known),
    ("tags.dormant.rule", "unknown_tag_figure", rule_is_known),
    ("tags.high_frequency.rule", "unknown_tag_figure", rule_is_known),
    ("tags.category_fan.rule", "unknown_tag_figure", rule_is_known),
    ("rfm.bands", "bands_not_whole", bands_are_whole),
    ("churn", "churn_stages", lambda churn: churn_follows_on((churn.l1, churn.l2, churn.l3))),
    ("backup", "backup_times", backup_times_agree),
)

TEMPLATE: tuple[tuple[tuple[str, ...], str, Holds], ...] = (
    (("full_reduction", "voucher"), "face_fen", at_least(1)),
    (("full_reduction",), "threshold_fen", at_least(1)),
    (("discount",), "pct", at_most(99)),
    (("exchange",), "exchange_sku", bool),
)
