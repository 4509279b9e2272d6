"""Who may do what at this counter, what a status forbids, and what a payment must prove."""

from dataclasses import dataclass
from enum import StrEnum

from pos_app.errors import PosError
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.programme import Programme
from pos_app.money import Money


class Role(StrEnum):
    """What an operator is at this store."""

    CASHIER = "cashier"
    MANAGER = "manager"


class Act(StrEnum):
    """What an operator can ask the terminal to do."""

    LOOK_UP = "look_up"
    REGISTER = "register"
    EDIT_MEMBER = "edit_member"
    UNMASK_PHONE = "unmask_phone"
    CHANGE_PHONE = "change_phone"
    SET_PIN = "set_pin"
    RESET_PIN = "reset_pin"
    ISSUE_CARD = "issue_card"
    BLOCK_CARD = "block_card"
    UNBLOCK_CARD = "unblock_card"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    BLACKLIST = "blacklist"
    SET_TIER = "set_tier"
    PAY_STORED_VALUE = "pay_stored_value"
    EARN_POINTS = "earn_points"
    REDEEM_POINTS = "redeem_points"
    USE_COUPON = "use_coupon"
    USE_BENEFIT = "use_benefit"
    TOP_UP = "top_up"
    VOID = "void"
    REFUND = "refund"
    REFUND_ELSEWHERE = "refund_elsewhere"
    CLOSE_ACCOUNT = "close_account"
    OPEN_DRAWER = "open_drawer"
    REPRINT = "reprint"
    VERIFY = "verify"
    EXPORT = "export"
    CLOSE_SHIFT = "close_shift"
    CLOSE_DAY = "close_day"
    MANAGE_OPERATORS = "manage_operators"
    DECIDE = "decide"
    DISMISS_ALERT = "dismiss_alert"


class Verdict(StrEnum):
    """Whether a role may do an act: alone, with a manager who is another person, or not at all."""

    ALLOWED = "allowed"
    NEEDS_MANAGER = "needs_manager"
    FORBIDDEN = "forbidden"


class StatusReason(StrEnum):
    """Why a member's status forbids an act."""

    NONE = ""
    FROZEN = "frozen"
    BLACKLISTED = "blacklisted"


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a member's status permits an act, and if not, why. It is true when permitted."""

    allowed: bool
    reason: StatusReason = StatusReason.NONE

    def __bool__(self) -> bool:
        return self.allowed


class StepUp(StrEnum):
    """Why a stored-value payment must prove more than one factor."""

    NONE = ""
    VERY_LARGE_AMOUNT = "very_large_amount"
    LARGE_AMOUNT = "large_amount"
    DAILY_AMOUNT = "daily_amount"
    DAILY_COUNT = "daily_count"
    VELOCITY = "velocity"


@dataclass(frozen=True, slots=True)
class ProofNeeded:
    """What a stored-value payment must prove beside one factor of the member, always needed.

    `approval`: a manager consents. `second_factor_instead`: a second factor of another kind
    will do in the manager's place.
    """

    approval: bool = False
    second_factor_instead: bool = False
    reason: StepUp = StepUp.NONE


@dataclass(eq=False)
class DailyLimitReached(PosError):
    """The member's stored-value payments of one day would pass the limit that nobody can lift."""

    limit: Money
    spent_today: Money
    wanted: Money


# The role matrix of the house (security, 2.9). Where it knows a figure that the programme
# document does not hold, the figure stands here.
CASHIER_TOP_UP_MOST = Money(100_000)
CASHIER_VOID_MOST = Money(20_000)

_CASHIER_NEEDS_MANAGER = frozenset(
    {Act.REFUND, Act.RESET_PIN, Act.CHANGE_PHONE, Act.OPEN_DRAWER, Act.DECIDE},
)
_CASHIER_FORBIDDEN = frozenset(
    {
        Act.UNMASK_PHONE,
        Act.UNBLOCK_CARD,
        Act.UNFREEZE,
        Act.BLACKLIST,
        Act.SET_TIER,
        Act.CLOSE_ACCOUNT,
        Act.EXPORT,
        Act.CLOSE_DAY,
        Act.MANAGE_OPERATORS,
        Act.DISMISS_ALERT,
    },
)
_TWO_MANAGERS = frozenset({Act.UNFREEZE, Act.BLACKLIST, Act.CLOSE_ACCOUNT})
_CASHIER_ALONE_UP_TO = {Act.TOP_UP: CASHIER_TOP_UP_MOST, Act.VOID: CASHIER_VOID_MOST}

_NO_GAIN = frozenset(
    {Act.EARN_POINTS, Act.REDEEM_POINTS, Act.USE_COUPON, Act.USE_BENEFIT, Act.TOP_UP},
)
_NO_CHANGE = frozenset(
    {
        Act.PAY_STORED_VALUE,
        Act.CLOSE_ACCOUNT,
        Act.EDIT_MEMBER,
        Act.CHANGE_PHONE,
        Act.SET_PIN,
        Act.RESET_PIN,
        Act.ISSUE_CARD,
        Act.UNBLOCK_CARD,
    },
)
_FORBIDDEN_BY_STATUS = {
    Status.NORMAL: frozenset[Act](),
    Status.FROZEN: _NO_GAIN | _NO_CHANGE,
    Status.BLACKLISTED: _NO_GAIN,
}


def may(role: Role, act: Act, amount: Money, programme: Programme) -> Verdict:
    """Return whether this operator may do the act for this amount (zero where there is none)."""
    if role is Role.MANAGER:
        return _manager_may(act, amount, programme)
    if act in _CASHIER_FORBIDDEN:
        return Verdict.FORBIDDEN
    limit = _CASHIER_ALONE_UP_TO.get(act, amount)
    if act in _CASHIER_NEEDS_MANAGER or amount > limit:
        return Verdict.NEEDS_MANAGER
    return Verdict.ALLOWED


def _manager_may(act: Act, amount: Money, programme: Programme) -> Verdict:
    second_person_from = Money(programme.second_factor.manager_approval_from_fen)
    if act in _TWO_MANAGERS or (act is Act.REFUND and amount >= second_person_from):
        return Verdict.NEEDS_MANAGER
    return Verdict.ALLOWED


def permitted(status: Status, act: Act) -> Permission:
    """Return whether the member's status permits the act.

    Frozen: nothing leaves and nothing is gained, but earlier sales still come home.
    Blacklisted: the stored value stays the member's own; everything that is a favour ends.
    """
    if act in _FORBIDDEN_BY_STATUS[status]:
        return Permission(allowed=False, reason=StatusReason(status.value))
    return Permission(allowed=True)


def proof_needed(
    amount: Money,
    spent_today: Money,
    payments_today: int,
    payments_in_window: int,
    programme: Programme,
) -> ProofNeeded:
    """Return what a stored-value payment must prove; the counts are without this payment.

    A limit steps up, it never declines in silence. Raises DailyLimitReached at the day's ceiling.
    """
    rules = programme.second_factor
    ceiling = Money(rules.daily_limit_two_factor_fen)
    if spent_today + amount > ceiling:
        raise DailyLimitReached(ceiling, spent_today, amount)
    if amount.minor >= rules.manager_approval_from_fen:
        return ProofNeeded(approval=True, reason=StepUp.VERY_LARGE_AMOUNT)
    limits = (
        (amount.minor >= rules.large_amount_fen, StepUp.LARGE_AMOUNT),
        ((spent_today + amount).minor > rules.daily_limit_one_factor_fen, StepUp.DAILY_AMOUNT),
        (payments_today >= rules.daily_count_limit, StepUp.DAILY_COUNT),
        (payments_in_window >= rules.velocity.max_payments, StepUp.VELOCITY),
    )
    for exceeded, reason in limits:
        if exceeded:
            return ProofNeeded(approval=True, second_factor_instead=True, reason=reason)
    return ProofNeeded()
