"""Who may do what, what a status forbids, and what a stored-value payment must prove."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.access import (
    Act,
    DailyLimitReached,
    Permission,
    ProofNeeded,
    Role,
    StatusReason,
    StepUp,
    Verdict,
    may,
    permitted,
    proof_needed,
)
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.programme import parse_programme
from pos_app.money import Money
from tests.ledger.rules.shipped_programme import DOCUMENT, changed

PROGRAMME = parse_programme(DOCUMENT)
ALLOWED, NEEDS_MANAGER, FORBIDDEN = Verdict.ALLOWED, Verdict.NEEDS_MANAGER, Verdict.FORBIDDEN
GAINS = {Act.EARN_POINTS, Act.REDEEM_POINTS, Act.USE_COUPON, Act.USE_BENEFIT, Act.TOP_UP}


def proof(amount: int, spent: int = 0, payments: int = 0, lately: int = 0) -> ProofNeeded:
    return proof_needed(Money(amount), Money(spent), payments, lately, PROGRAMME)


@pytest.mark.parametrize(
    ("act", "amount", "cashier", "manager"),
    [
        (Act.LOOK_UP, 0, ALLOWED, ALLOWED),
        (Act.REGISTER, 0, ALLOWED, ALLOWED),
        (Act.EDIT_MEMBER, 0, ALLOWED, ALLOWED),
        (Act.UNMASK_PHONE, 0, FORBIDDEN, ALLOWED),
        (Act.CHANGE_PHONE, 0, NEEDS_MANAGER, ALLOWED),
        (Act.SET_PIN, 0, ALLOWED, ALLOWED),
        (Act.RESET_PIN, 0, NEEDS_MANAGER, ALLOWED),
        (Act.ISSUE_CARD, 0, ALLOWED, ALLOWED),
        (Act.BLOCK_CARD, 0, ALLOWED, ALLOWED),
        (Act.UNBLOCK_CARD, 0, FORBIDDEN, ALLOWED),
        (Act.FREEZE, 0, ALLOWED, ALLOWED),
        (Act.SET_TIER, 0, FORBIDDEN, ALLOWED),
        (Act.UNFREEZE, 0, FORBIDDEN, NEEDS_MANAGER),
        (Act.BLACKLIST, 0, FORBIDDEN, NEEDS_MANAGER),
        (Act.PAY_STORED_VALUE, 500_000, ALLOWED, ALLOWED),
        (Act.EARN_POINTS, 0, ALLOWED, ALLOWED),
        (Act.REDEEM_POINTS, 0, ALLOWED, ALLOWED),
        (Act.USE_COUPON, 0, ALLOWED, ALLOWED),
        (Act.USE_BENEFIT, 0, ALLOWED, ALLOWED),
        (Act.TOP_UP, 100_000, ALLOWED, ALLOWED),
        (Act.TOP_UP, 100_001, NEEDS_MANAGER, ALLOWED),
        (Act.VOID, 20_000, ALLOWED, ALLOWED),
        (Act.VOID, 20_001, NEEDS_MANAGER, ALLOWED),
        (Act.REFUND, 1, NEEDS_MANAGER, ALLOWED),
        (Act.REFUND, 199_999, NEEDS_MANAGER, ALLOWED),
        (Act.REFUND, 200_000, NEEDS_MANAGER, NEEDS_MANAGER),
        (Act.OPEN_DRAWER, 0, NEEDS_MANAGER, ALLOWED),
        (Act.REPRINT, 0, ALLOWED, ALLOWED),
        (Act.VERIFY, 0, ALLOWED, ALLOWED),
        (Act.EXPORT, 0, FORBIDDEN, ALLOWED),
        (Act.CLOSE_SHIFT, 0, ALLOWED, ALLOWED),
        (Act.CLOSE_DAY, 0, FORBIDDEN, ALLOWED),
        (Act.MANAGE_OPERATORS, 0, FORBIDDEN, ALLOWED),
    ],
)
def test_the_role_matrix_holds(act: Act, amount: int, cashier: Verdict, manager: Verdict) -> None:
    assert may(Role.CASHIER, act, Money(amount), PROGRAMME) is cashier
    assert may(Role.MANAGER, act, Money(amount), PROGRAMME) is manager


@given(st.sampled_from(Act), st.integers(0, 600_000))
def test_a_manager_may_always_do_at_least_what_a_cashier_may(act: Act, amount: int) -> None:
    strictness = [ALLOWED, NEEDS_MANAGER, FORBIDDEN]

    cashier = may(Role.CASHIER, act, Money(amount), PROGRAMME)
    manager = may(Role.MANAGER, act, Money(amount), PROGRAMME)

    assert strictness.index(manager) <= strictness.index(cashier)


@pytest.mark.parametrize("act", list(Act))
def test_a_normal_member_is_forbidden_nothing(act: Act) -> None:
    assert permitted(Status.NORMAL, act) == Permission(allowed=True)


def test_from_a_frozen_account_nothing_leaves_and_nothing_is_gained() -> None:
    changes = {
        Act.PAY_STORED_VALUE,
        Act.CLOSE_ACCOUNT,
        Act.EDIT_MEMBER,
        Act.CHANGE_PHONE,
        Act.SET_PIN,
        Act.RESET_PIN,
        Act.ISSUE_CARD,
        Act.UNBLOCK_CARD,
    }

    forbidden = {act for act in Act if not permitted(Status.FROZEN, act)}

    assert forbidden == GAINS | changes
    assert permitted(Status.FROZEN, Act.TOP_UP).reason is StatusReason.FROZEN


@pytest.mark.parametrize("act", [Act.LOOK_UP, Act.REFUND, Act.VOID, Act.UNFREEZE, Act.REPRINT])
def test_a_frozen_account_is_looked_up_thawed_and_refunded(act: Act) -> None:
    assert permitted(Status.FROZEN, act)


def test_a_blacklisted_member_keeps_the_stored_value_and_loses_every_favour() -> None:
    forbidden = {act for act in Act if not permitted(Status.BLACKLISTED, act)}

    assert forbidden == GAINS
    assert permitted(Status.BLACKLISTED, Act.USE_COUPON).reason is StatusReason.BLACKLISTED
    assert permitted(Status.BLACKLISTED, Act.PAY_STORED_VALUE)
    assert permitted(Status.BLACKLISTED, Act.REFUND)


def test_a_small_payment_needs_one_factor_and_no_approval() -> None:
    assert proof(99_999) == ProofNeeded()
    assert proof(1) == ProofNeeded(approval=False, second_factor_instead=False, reason=StepUp.NONE)


@pytest.mark.parametrize(
    ("amount", "spent", "payments", "lately", "reason"),
    [
        (100_000, 0, 0, 0, StepUp.LARGE_AMOUNT),
        (199_999, 0, 0, 0, StepUp.LARGE_AMOUNT),
        (1, 100_000, 0, 0, StepUp.DAILY_AMOUNT),
        (50_001, 50_000, 0, 0, StepUp.DAILY_AMOUNT),
        (1, 0, 10, 0, StepUp.DAILY_COUNT),
        (1, 0, 0, 3, StepUp.VELOCITY),
        (100_000, 100_000, 10, 3, StepUp.LARGE_AMOUNT),
    ],
)
def test_a_passed_limit_asks_for_a_second_factor_or_a_manager(
    amount: int, spent: int, payments: int, lately: int, reason: StepUp
) -> None:
    needed = proof(amount, spent, payments, lately)

    assert needed == ProofNeeded(approval=True, second_factor_instead=True, reason=reason)


@pytest.mark.parametrize(
    ("amount", "spent", "payments", "lately"), [(50_000, 50_000, 0, 0), (1, 0, 9, 0), (1, 0, 0, 2)]
)
def test_a_limit_that_is_only_reached_asks_for_nothing_more(
    amount: int, spent: int, payments: int, lately: int
) -> None:
    assert proof(amount, spent, payments, lately) == ProofNeeded()


def test_a_very_large_payment_needs_a_manager_and_nothing_instead() -> None:
    needed = proof(200_000)

    assert needed == ProofNeeded(approval=True, reason=StepUp.VERY_LARGE_AMOUNT)


def test_nobody_lifts_the_days_ceiling() -> None:
    at_the_ceiling = proof(200_000, 300_000)

    with pytest.raises(DailyLimitReached) as refused:
        proof(200_001, 300_000)

    assert at_the_ceiling.approval
    assert refused.value.limit == Money(500_000)
    assert (refused.value.spent_today, refused.value.wanted) == (Money(300_000), Money(200_001))


def test_the_programme_says_what_is_large() -> None:
    careful = parse_programme(changed("second_factor.large_amount_fen", "5000"))

    needed = proof_needed(Money(5_000), Money(), 0, 0, careful)

    assert needed.reason is StepUp.LARGE_AMOUNT
