"""Why a programme is not accepted, in one sentence that names the key and the rule."""

from __future__ import annotations

from pos_app.ledger.rules.programme import ProgrammeRefused

RULES = {
    "unknown_key": "there is no such key",
    "missing_key": "it is missing",
    "too_small": "that is less than this key takes",
    "too_large": "that is more than this key takes",
    "not_a_choice": "that is none of the words that this version knows",
    "malformed": "that is not written as this key wants it",
    "type": "that is another kind of value than this key takes",
    "line_too_long": "a line is longer than 1,000 bytes",
    "not_toml": "the file is not TOML",
    "too_deep": "the file is nested too deeply",
    "legal_cash_rounding": "the law allows cash to be rounded down only",
    "legal_named_limit": "the law allows 5,000.00 yuan on a named card at most",
    "legal_unnamed_limit": "the law allows 1,000.00 yuan on an unnamed card at most",
    "legal_named_expiry": "the law allows a named card no expiry",
    "legal_unnamed_expiry": "the law gives an unnamed card three years at least",
    "legal_real_name": "the law asks for a real name here",
    "legal_no_cash": "the law asks for a bank transfer from this sum on",
    "legal_id_record": "the law has identity records kept for five years at least",
    "bonus_is_never_paid_out": "bonus is never paid out",
    "legal_cool_off": "the law gives seven days at least to change one's mind",
    "legal_refund_delay": "the law has money paid back sooner",
    "legal_refund_cash": "the law allows 100.00 yuan to be paid back in cash at most",
    "legal_invoice": "the law knows one kind of invoice for a top-up",
    "legal_points_expiry": "points stay for 12 to 36 months",
    "legal_autonomy": "a store's own benefits are 20 % of all at most",
    "factor_always": "every payment by stored value asks for a factor",
    "pin_digits": "a PIN has six digits",
    "pin_hash_too_weak": "such a PIN hash is broken too easily",
    "repeated": "something is named twice",
    "code_step": "a code changes every 30 seconds",
    "code_single_use": "a code is used once",
    "member_code_digits": "a member code has 24 digits",
    "member_code_prefix": "WeChat, Alipay or UnionPay use this prefix",
    "approver_must_differ": "nobody approves what they do themselves",
    "blind_count": "a drawer is counted before its sum is shown",
    "limits_out_of_order": "the smaller of two limits is above the larger",
    "moment_out_of_reach": "a programme begins between the years 2000 and 2100",
    "unknown_timezone": "there is no such time zone",
    "cutover_after_noon": "a business day begins before noon",
    "tiers_start_above_nothing": "the lowest tier asks for nothing",
    "tiers_not_ascending": "each tier asks for more than the one before, in spend and in growth",
    "repeated_code": "a code is used twice",
    "ladder_not_ascending": "each rung is higher than the one before",
    "ladder_ratio_falls": "a higher rung gives a smaller share, so that splitting a top-up pays",
    "ladder_splitting_pays": "two top-ups bring more than one of their sum",
    "order_of_calculation": "points pay after coupons",
    "coupon_types_overlap": "a coupon type either stacks or takes the one place of an order",
    "gift_never_there": "a gift ends before it begins",
    "coupon_for_unknown_tier": "a coupon names a tier that does not exist",
    "unknown_newcomer_coupon": "the coupon for newcomers is no template of this programme",
    "unknown_birthday_coupon": "the coupon for birthdays is no template of this programme",
    "unknown_wake_up_coupon": "the coupon that wakes members up is no template of this programme",
    "unknown_tag_figure": "nobody knows the figure that the rule of this tag names",
    "bands_not_whole": "the bands have one name each and add up to 100",
    "churn_stages": "the stages follow one another without overlap",
    "backup_times": "there is one time for each backup of the day",
    "template_incomplete": "a coupon of this type does not go without it",
}


def refusal(fact: ProgrammeRefused) -> str:
    """Return the sentence of a refusal."""
    why = f"{RULES.get(fact.rule, 'this rule forbids it')} (rule {fact.rule})"
    if not fact.key:
        return f"The programme is not accepted: {why}."
    said = f" says “{fact.value}”" if fact.value else ""
    return f"The programme is not accepted: “{fact.key}”{said}: {why}."
