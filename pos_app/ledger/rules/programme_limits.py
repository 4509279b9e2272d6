"""What the programme guards: stored value, second factors, offline rights, stores and sessions."""

from typing import Annotated, Literal

from pydantic import Field

from pos_app.ledger.rules.programme_values import (
    AtLeastOne,
    Days,
    Fen,
    Few,
    MultiplierBp,
    Quantity,
    Section,
    ShareBp,
    TimeOfDay,
)

WholeYuan = Annotated[int, Field(ge=100, le=500_000, multiple_of=100)]
OtpDigits = Annotated[int, Field(ge=6, le=8)]
Minutes = Annotated[int, Field(ge=1, le=1_440)]
Hours = Annotated[int, Field(ge=1, le=8_760)]
Years = Annotated[int, Field(ge=0, le=100)]


class LadderRung(Section):
    topup_fen: WholeYuan
    bonus_fen: Fen


class FlashDouble(Section):
    enabled: bool
    multiplier_bp: MultiplierBp


class BigTopUp(Section):
    enabled: bool
    topup_fen: WholeYuan
    bonus_fen: Fen


class Campaigns(Section):
    first_topup_extra_pct_bp: ShareBp
    birthday_month_extra_pct_bp: ShareBp
    flash_double: FlashDouble
    big_1000_300: BigTopUp
    combine: Literal["max"]


class StoredValue(Section):
    named_limit_fen: Fen
    unnamed_limit_fen: Fen
    named_expiry: str
    unnamed_expiry_years: Years
    realname_required_for_named: bool
    realname_unnamed_from_fen: Fen
    bank_transfer_personal_from_fen: Fen
    bank_transfer_corporate_from_fen: Fen
    id_record_years: Years
    bonus_mode: Literal["greedy_multiples"]
    min_topup_fen: AtLeastOne
    spend_order: Literal["lots_fifo_proportional"]
    bonus_withdrawable: bool
    bonus_expiry: Literal["none"]
    top_up_and_spend_same_shift_hold: bool
    cool_off_days: Days
    cool_off_refund_within_days: AtLeastOne
    ordinary_refund_within_days: AtLeastOne
    refund_consumer_cause: Literal["art19", "proportional"]
    refund_merchant_cause: Literal["art18"]
    refund_cash_max_fen: Fen
    invoice_on_topup: str
    ladder: Annotated[tuple[LadderRung, ...], Field(max_length=20)]
    campaigns: Campaigns


class Velocity(Section):
    window_minutes: Minutes
    max_payments: AtLeastOne


class Argon2id(Section):
    m_kib: Annotated[int, Field(ge=8, le=1_048_576)]
    t: Few
    p: Few
    salt_bytes: Annotated[int, Field(ge=16, le=64)]
    tag_bytes: Annotated[int, Field(ge=32, le=64)]


class Pin(Section):
    digits: int
    argon2id: Argon2id
    pepper: Literal["os_keystore"]
    max_failures: Few
    lock_minutes: Annotated[int, Field(ge=30, le=1_440)]
    hard_lock_failures_24h: Annotated[int, Field(ge=1, le=100)]
    offline_max_failures: Few
    blocklist: tuple[
        Literal["repeated", "ascending", "descending", "birthday", "phone_tail", "top_list"], ...
    ]


class Totp(Section):
    algorithm: Literal["SHA1", "SHA256", "SHA512"]
    digits: OtpDigits
    step_seconds: int
    window_steps: Annotated[int, Field(ge=0, le=1)]
    single_use: bool
    max_failures: Few


class Sms(Section):
    digits: OtpDigits
    ttl_seconds: Annotated[int, Field(ge=30, le=600)]
    resend_seconds: Annotated[int, Field(ge=30, le=600)]
    per_phone_hour: AtLeastOne
    per_phone_day: AtLeastOne
    per_terminal_hour: AtLeastOne
    max_attempts: Few


class MemberCode(Section):
    digits: int
    prefix: str
    step_seconds: int
    window_steps: Annotated[int, Field(ge=0, le=1)]
    single_use: bool


class Approval(Section):
    ttl_seconds: Annotated[int, Field(ge=10, le=600)]
    approver_must_differ: bool


class Duress(Section):
    enabled: bool
    scheme: Literal["last_digit_plus_1_mod_10"]


class SecondFactor(Section):
    always_for_stored_value: bool
    no_cvm_limit_fen: Fen
    large_amount_fen: Fen
    manager_approval_from_fen: Fen
    daily_limit_one_factor_fen: Fen
    daily_limit_two_factor_fen: Fen
    static_code_daily_limit_fen: Fen
    daily_count_limit: AtLeastOne
    velocity: Velocity
    pin: Pin
    totp: Totp
    sms: Sms
    member_code: MemberCode
    approval: Approval
    duress: Duress


class OfflineCredit(Section):
    enabled: bool
    per_payment_fen: Fen
    per_terminal_fen: Fen
    consecutive: Quantity


class Offline(Section):
    allowance_per_member_max_fen: Fen
    allowance_per_member_pct_bp: ShareBp
    allowance_node_max_fen: Fen
    allowance_members: Quantity
    allowance_points_max: Quantity
    allowance_ttl: Annotated[str, Field(pattern=r"^next_business_day(\+[0-9]{1,2}h)?$")]
    allowance_refill_below_bp: ShareBp
    jit_grant_ttl_minutes: Minutes
    top_up: Literal["allowed", "denied"]
    registration: Literal["gift_deferred", "denied"]
    refund: Literal["same_terminal", "denied"]
    credit: OfflineCredit


class Autonomy(Section):
    store_share_max_bp: ShareBp


class KpiAlarms(Section):
    benefit_redemption_below_bp: ShareBp
    complaint_rate_above_bp: ShareBp
    active_rate_weeks_below: AtLeastOne
    monthly_churn_max_bp: ShareBp
    csat_min_bp: ShareBp
    nps_target: tuple[
        Annotated[int, Field(ge=-100, le=100)], Annotated[int, Field(ge=-100, le=100)]
    ]
    complaint_first_response_hours: Hours
    crisis_response_hours: Hours


class Backup(Section):
    full_per_day: AtLeastOne
    times: tuple[TimeOfDay, ...]
    restore_test: Literal["weekly", "monthly", "quarterly"]


class SessionRules(Section):
    idle_lock_seconds: Annotated[int, Field(ge=30, le=900)]
    absolute_hours: Annotated[int, Field(ge=1, le=12)]
    login_max_failures: Few
    login_lock_minutes: Annotated[int, Field(ge=1, le=1_440)]


class ShiftRules(Section):
    blind_count: bool
    variance_reason_from_fen: Fen
    variance_manager_from_fen: Fen
