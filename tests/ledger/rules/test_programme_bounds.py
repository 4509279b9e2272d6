"""No document loosens a bound of the law, of security or of the arithmetic."""

from datetime import time

import pytest

from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_app.ledger.rules.programme_bounds import LEGAL, ORDERED, SECURE, WHOLE
from tests.ledger.rules.shipped_programme import DOCUMENT, changed, refusal, with_template

LOOSENED = [
    ("rounding.cash_rounding_mode", '"half_up"', "legal_cash_rounding"),
    ("stored_value.named_limit_fen", "500001", "legal_named_limit"),
    ("stored_value.unnamed_limit_fen", "100001", "legal_unnamed_limit"),
    ("stored_value.named_expiry", '"3y"', "legal_named_expiry"),
    ("stored_value.unnamed_expiry_years", "2", "legal_unnamed_expiry"),
    ("stored_value.realname_required_for_named", "false", "legal_real_name"),
    ("stored_value.realname_unnamed_from_fen", "1000001", "legal_real_name"),
    ("stored_value.bank_transfer_personal_from_fen", "5000001", "legal_no_cash"),
    ("stored_value.bank_transfer_corporate_from_fen", "500001", "legal_no_cash"),
    ("stored_value.id_record_years", "4", "legal_id_record"),
    ("stored_value.bonus_withdrawable", "true", "bonus_is_never_paid_out"),
    ("stored_value.cool_off_days", "6", "legal_cool_off"),
    ("stored_value.cool_off_refund_within_days", "6", "legal_refund_delay"),
    ("stored_value.ordinary_refund_within_days", "16", "legal_refund_delay"),
    ("stored_value.refund_cash_max_fen", "10001", "legal_refund_cash"),
    ("stored_value.invoice_on_topup", '"special"', "legal_invoice"),
    ("points.expiry_months", "11", "legal_points_expiry"),
    ("points.expiry_months", "37", "legal_points_expiry"),
    ("autonomy.store_share_max_bp", "2001", "legal_autonomy"),
    ("second_factor.always_for_stored_value", "false", "factor_always"),
    ("second_factor.no_cvm_limit_fen", "1", "factor_always"),
    ("second_factor.pin.digits", "4", "pin_digits"),
    ("second_factor.pin.blocklist", '["repeated", "repeated"]', "repeated"),
    ("second_factor.totp.step_seconds", "60", "code_step"),
    ("second_factor.totp.single_use", "false", "code_single_use"),
    ("second_factor.member_code.digits", "18", "member_code_digits"),
    ("second_factor.member_code.step_seconds", "60", "code_step"),
    ("second_factor.member_code.single_use", "false", "code_single_use"),
    ("second_factor.approval.approver_must_differ", "false", "approver_must_differ"),
    ("shift.blind_count", "false", "blind_count"),
    ("effective_from", "0001-01-01T00:00:00+14:00", "moment_out_of_reach"),
    ("effective_from", "9999-12-31T23:59:59-12:00", "moment_out_of_reach"),
    ("timezone", '"Asia/Nowhere"', "unknown_timezone"),
    ("timezone", '"../secret"', "unknown_timezone"),
    ("business_day_cutover", '"12:00"', "cutover_after_noon"),
    ("coupon.points_after_coupon", "false", "order_of_calculation"),
    ("points.redemption_rate_band_bp", "[3200, 2800]", "limits_out_of_order"),
    ("kpi_alarms.nps_target", "[70, 50]", "limits_out_of_order"),
    ("rfm.bands", '[["TOP", 50], ["EDGE", 49]]', "bands_not_whole"),
    ("rfm.bands", '[["TOP", 50], ["TOP", 50]]', "bands_not_whole"),
]

INCONSISTENT = [
    ("second_factor.daily_limit_two_factor_fen", "99999", "second_factor", "limits_out_of_order"),
    ("second_factor.static_code_daily_limit_fen", "100001", "second_factor", "limits_out_of_order"),
    ("second_factor.manager_approval_from_fen", "99999", "second_factor", "limits_out_of_order"),
    ("second_factor.pin.hard_lock_failures_24h", "4", "second_factor.pin", "limits_out_of_order"),
    ("second_factor.pin.offline_max_failures", "6", "second_factor.pin", "limits_out_of_order"),
    ("second_factor.sms.per_phone_day", "4", "second_factor.sms", "limits_out_of_order"),
    ("stored_value.min_topup_fen", "500001", "stored_value", "limits_out_of_order"),
    ("shift.variance_manager_from_fen", "499", "shift", "limits_out_of_order"),
    ("tier.spend_fen", "1", "tier", "tiers_start_above_nothing"),
    ("tier.growth", "1", "tier", "tiers_start_above_nothing"),
    ("coupon.order_level_types", '["gift"]', "coupon", "coupon_types_overlap"),
    ("churn.l2", '{ from_day = 7, to_day = 15, action = "" }', "churn", "churn_stages"),
    ("churn.l3", '{ from_day = 30, to_day = 16, action = "" }', "churn", "churn_stages"),
    ("backup.full_per_day", "2", "backup", "backup_times"),
    ("backup.times", '["06:00", "06:00", "22:30"]', "backup", "backup_times"),
]

IN_A_ROW = [
    ("tier.spend_fen", "500000", 2, "tier", "tiers_not_ascending"),
    ("tier.growth", "1000", 2, "tier", "tiers_not_ascending"),
    ("tier.code", '"GOLD"', 1, "tier", "repeated_code"),
    ("coupon.template.code", '"NEW5"', 1, "coupon.template", "repeated_code"),
    ("stored_value.ladder.topup_fen", "50000", 2, "stored_value.ladder", "ladder_not_ascending"),
    ("stored_value.ladder.bonus_fen", "11999", 2, "stored_value.ladder", "ladder_ratio_falls"),
]

MISTYPED = [
    ("schema_version", "2", "too_large"),
    ("effective_from", '"2026-01-01T00:00:00"', "type"),
    ("effective_from", '"soon"', "type"),
    ("business_day_cutover", '"4 o\'clock"', "type"),
    ("business_day_cutover", "4", "type"),
    ("programme_id", '"a b"', "malformed"),
    ("points.redeem_step", "0", "too_small"),
    ("points.redeem_min", "0", "too_small"),
    ("points.daily_earn_cap", "-1", "too_small"),
    ("points.daily_earn_cap", "nan", "type"),
    ("points.daily_earn_cap", "100.0", "type"),
    ("points.daily_earn_cap", "true", "type"),
    ("points.daily_earn_cap", f"0x{'f' * 900}", "too_large"),
    ("points.multiplier_member_day_bp", "9999", "too_small"),
    ("points.earn_per_yuan", "2", "too_large"),
    ("points.value_fen", "2", "too_large"),
    ("points.expiry_align", '"day"', "not_a_choice"),
    ("session.idle_lock_seconds", "901", "too_large"),
    ("session.absolute_hours", "13", "too_large"),
    ("second_factor.pin.lock_minutes", "29", "too_small"),
    ("growth.register", "-1", "too_small"),
    ("stored_value.unnamed_expiry_years", "101", "too_large"),
    ("stored_value.id_record_years", "101", "too_large"),
    ("stored_value.cool_off_days", "3661", "too_large"),
    ("kpi_alarms.crisis_response_hours", "8761", "too_large"),
    ("kpi_alarms.complaint_first_response_hours", "8761", "too_large"),
    ("coupon.max_order_level_per_order", "2", "too_large"),
]


@pytest.mark.parametrize(("key", "value", "rule"), LOOSENED)
def test_a_bound_cannot_be_loosened(key: str, value: str, rule: str) -> None:
    refused = refusal(changed(key, value))

    assert (refused.key, refused.rule) == (key, rule)


@pytest.mark.parametrize(("key", "value", "named", "rule"), INCONSISTENT)
def test_figures_that_contradict_each_other_are_refused(
    key: str, value: str, named: str, rule: str
) -> None:
    refused = refusal(changed(key, value))

    assert (refused.key, refused.rule) == (named, rule)


@pytest.mark.parametrize(("key", "value", "nth", "named", "rule"), IN_A_ROW)
def test_rows_that_contradict_each_other_are_refused(
    key: str, value: str, nth: int, named: str, rule: str
) -> None:
    refused = refusal(changed(key, value, nth))

    assert (refused.key, refused.rule) == (named, rule)


@pytest.mark.parametrize(("key", "value", "rule"), MISTYPED)
def test_a_value_of_the_wrong_kind_is_refused_by_its_key(key: str, value: str, rule: str) -> None:
    refused = refusal(changed(key, value))

    assert (refused.key, refused.rule) == (key, rule)


def test_every_bound_has_a_document_that_it_refuses() -> None:
    tried = {row[-1] for row in (*LOOSENED, *INCONSISTENT, *IN_A_ROW)}
    elsewhere = {
        "pin_hash_too_weak",
        "member_code_prefix",
        "coupon_for_unknown_tier",
        "ladder_splitting_pays",
        "unknown_tag_figure",
        "unknown_newcomer_coupon",
        "unknown_birthday_coupon",
        "unknown_wake_up_coupon",
        "gift_never_there",
    }

    bounds = (*LEGAL, *SECURE, *ORDERED, *WHOLE)
    assert {rule for _, rule, _ in bounds} == tried | elsewhere


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("stored_value.named_limit_fen", "300000"),
        ("stored_value.cool_off_days", "14"),
        ("points.expiry_months", "12"),
        ("points.expiry_months", "36"),
        ("autonomy.store_share_max_bp", "0"),
        ("stored_value.refund_cash_max_fen", "0"),
        ("second_factor.sms.ttl_seconds", "120"),
    ],
)
def test_a_bound_may_be_tightened(key: str, value: str) -> None:
    assert isinstance(parse_programme(changed(key, value)), Programme)


@pytest.mark.parametrize("prefix", ["10", "15", "25", "30", "62", "9", "901", "9a", "٩٠", ""])
def test_a_member_code_never_looks_like_a_payment_code(prefix: str) -> None:
    refused = refusal(changed("second_factor.member_code.prefix", f'"{prefix}"'))

    assert (refused.rule, refused.value) == ("member_code_prefix", prefix)


@pytest.mark.parametrize("prefix", ["90", "16", "24", "31", "61", "63"])
def test_a_member_code_may_use_any_other_prefix(prefix: str) -> None:
    programme = parse_programme(changed("second_factor.member_code.prefix", f'"{prefix}"'))

    assert programme.second_factor.member_code.prefix == prefix


@pytest.mark.parametrize(("m_kib", "t"), [(47104, 1), (19456, 2), (12288, 3), (9216, 4), (7168, 5)])
def test_equivalent_pin_hashes_are_accepted_and_weaker_ones_refused(m_kib: int, t: int) -> None:
    settings = "{{ m_kib = {}, t = {}, p = 1, salt_bytes = 16, tag_bytes = 32 }}"

    accepted = parse_programme(changed("second_factor.pin.argon2id", settings.format(m_kib, t)))
    refused = refusal(changed("second_factor.pin.argon2id", settings.format(m_kib - 1, t)))

    assert accepted.second_factor.pin.argon2id.m_kib == m_kib
    assert (refused.rule, refused.value) == ("pin_hash_too_weak", "Argon2id")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('code = "X"\ntype = "voucher"', "face_fen"),
        ('code = "X"\ntype = "full_reduction"\nthreshold_fen = 1', "face_fen"),
        ('code = "X"\ntype = "full_reduction"\nface_fen = 1', "threshold_fen"),
        ('code = "X"\ntype = "discount"', "pct"),
        ('code = "X"\ntype = "exchange"', "exchange_sku"),
    ],
)
def test_a_coupon_template_without_its_essential_figure_is_refused(body: str, field: str) -> None:
    refused = refusal(with_template(body))

    assert (refused.key, refused.rule) == (f"coupon.template.3.{field}", "template_incomplete")


def test_a_coupon_template_carries_its_whole_scope() -> None:
    programme = parse_programme(
        with_template(
            'code = "LUNCH"\ntype = "discount"\nname = "午市 8.8 折"\npct = 88\ncap_fen = 2000\n'
            'valid_days = 7\n[coupon.template.scope]\nskus = ["A"]\ncategories = ["tea"]\n'
            'excluded_skus = ["B"]\nstores = ["S1"]\nchannels = ["store"]\nweekdays = [1, 7]\n'
            'hours = ["11:00", "14:00"]\ntiers = ["GOLD"]'
        )
    )

    lunch = programme.template("LUNCH")

    assert lunch is not None
    assert (lunch.pct, lunch.cap_fen, lunch.valid_days) == (88, 2000, 7)
    assert lunch.scope.hours == (time(11), time(14))
    assert lunch.scope.weekdays == (1, 7)


@pytest.mark.parametrize(
    ("scope", "key", "rule"),
    [
        ("weekdays = [0]", "coupon.template.3.scope.weekdays.0", "too_small"),
        ("weekdays = [8]", "coupon.template.3.scope.weekdays.0", "too_large"),
        ('hours = ["24:00", "25:00"]', "coupon.template.3.scope.hours.0", "type"),
        ('tiers = ["PLATINUM"]', "", "coupon_for_unknown_tier"),
    ],
)
def test_a_scope_that_never_holds_is_refused(scope: str, key: str, rule: str) -> None:
    refused = refusal(with_template(f'code = "X"\ntype = "gift"\n[coupon.template.scope]\n{scope}'))

    assert (refused.key, refused.rule) == (key, rule)


def test_a_ladder_on_which_two_top_ups_earn_more_than_one_is_refused() -> None:
    document = DOCUMENT.replace(
        b"topup_fen = 100000\nbonus_fen = 15000",
        b"topup_fen = 60000\nbonus_fen = 7200",
    )

    refused = refusal(document)

    assert (refused.key, refused.rule) == ("stored_value.ladder", "ladder_splitting_pays")


def test_a_big_campaign_is_refused_when_splitting_would_pay() -> None:
    campaign = "stored_value.campaigns.big_1000_300"
    pays = "{{ enabled = {}, topup_fen = 60000, bonus_fen = 20000 }}"

    refused = refusal(changed(campaign, pays.format("true")))
    switched_off = parse_programme(changed(campaign, pays.format("false")))

    assert (refused.key, refused.rule) == ("stored_value", "ladder_splitting_pays")
    assert not switched_off.stored_value.campaigns.big_1000_300.enabled
