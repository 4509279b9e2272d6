"""Proving that a member agreed, and that a manager did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger.factors import (
    ApprovalWish,
    PinLocked,
    PinNotSet,
    PinWrong,
    approve,
    pin_locked,
    prove_with_pin,
    set_pin,
)
from pos_app.ledger.member_edit import StatusChange, set_status
from pos_app.ledger.pin_choice import PinWeak
from pos_app.ledger.rights import NeedsApproval, StatusForbids
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.member_rows import MemberUnknown
from pos_app.money import Money
from pos_app.security.evidence import Evidence, NotProved, ensure_evidence
from tests.fakes import FakeClock
from tests.people import cashier
from tests.shop import MANAGER, MEMBER_PIN, Shop, intent, open_ledger

WRONG = "582046"
NEW_PIN = "951246"
AMOUNT = Money(8800)
LIFETIME = timedelta(seconds=120)
DAY = datetime(2026, 6, 16, tzinfo=UTC)


@pytest.fixture
def member(shop: Shop) -> MemberId:
    return shop.member(pin=MEMBER_PIN)


def prove(shop: Shop, member: MemberId, pin: str, wish: IntentId | None = None) -> Evidence:
    return prove_with_pin(
        shop.ledger,
        member=member,
        pin=pin,
        amount=AMOUNT,
        intent=wish or intent(),
        operator=shop.manager,
    )


def wrong(shop: Shop, member: MemberId) -> int | PinLocked:
    """Try a wrong PIN; return the attempts left, or the lock."""
    with pytest.raises((PinWrong, PinLocked)) as refused:
        prove(shop, member, WRONG)
    fact = refused.value
    return fact.attempts_left if isinstance(fact, PinWrong) else locked(fact)


def locked(fact: Exception) -> PinLocked:
    assert isinstance(fact, PinLocked)
    return fact


def at(clock: FakeClock, text: str) -> None:
    """Set the clock to a time of the day of the scenario."""
    hours, minutes, seconds = map(int, text.split(":"))
    clock.at = DAY + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def kinds(shop: Shop) -> list[str]:
    rows = shop.ledger.read().execute("SELECT kind FROM journal ORDER BY seq")
    return [kind for (kind,) in rows]


class TestTheScenarioOfTheHouse:
    """Five failures from 10:00:00 to 10:01:30, then 10:20:00, 10:31:30 or five more."""

    FAILURES = ("10:00:00", "10:00:20", "10:00:45", "10:01:10", "10:01:30")
    MORE = ("10:32:00", "10:34:00", "10:36:00", "10:38:00", "10:40:00")

    @pytest.fixture
    def clock(self) -> FakeClock:
        return FakeClock(DAY)

    def fail_five_times(
        self, shop: Shop, clock: FakeClock, member: MemberId
    ) -> list[int | PinLocked]:
        answers = []
        for time in self.FAILURES:
            at(clock, time)
            answers.append(wrong(shop, member))
        return answers

    def test_the_fifth_locks_until_half_an_hour_after_it(
        self, shop: Shop, clock: FakeClock, member: MemberId
    ) -> None:
        answers = self.fail_five_times(shop, clock, member)

        assert answers[:4] == [4, 3, 2, 1]
        assert isinstance(answers[4], PinLocked)
        at(clock, "10:31:30")
        assert answers[4].until == clock.at

    def test_while_locked_the_right_pin_is_neither_looked_at_nor_counted(
        self, shop: Shop, clock: FakeClock, member: MemberId
    ) -> None:
        self.fail_five_times(shop, clock, member)
        before = kinds(shop)
        at(clock, "10:20:00")

        with pytest.raises(PinLocked) as locked:
            prove(shop, member, MEMBER_PIN)

        assert locked.value.until == DAY + timedelta(hours=10, minutes=31, seconds=30)
        assert kinds(shop) == before

    def test_when_the_lock_ends_the_right_pin_counts_from_zero(
        self, shop: Shop, clock: FakeClock, member: MemberId
    ) -> None:
        self.fail_five_times(shop, clock, member)
        at(clock, "10:31:29")
        with pytest.raises(PinLocked):
            prove(shop, member, MEMBER_PIN)
        at(clock, "10:31:30")

        proof = prove(shop, member, MEMBER_PIN)

        assert proof.at == clock.at
        assert [wrong(shop, member) for _ in range(4)] == [4, 3, 2, 1]

    def test_five_more_in_the_same_day_lock_until_a_manager_resets_the_pin(
        self, shop: Shop, clock: FakeClock, member: MemberId
    ) -> None:
        self.fail_five_times(shop, clock, member)
        answers = []
        for time in self.MORE:
            at(clock, time)
            answers.append(wrong(shop, member))

        assert answers[:4] == [4, 3, 2, 1]
        assert isinstance(answers[4], PinLocked)
        assert answers[4].until is None
        clock.go(days=30)
        with pytest.raises(PinLocked) as locked:
            prove(shop, member, MEMBER_PIN)
        assert locked.value.until is None
        set_pin(shop.ledger, member, NEW_PIN, operator=shop.manager, intent=intent())
        assert prove(shop, member, NEW_PIN).member == member
        assert wrong(shop, member) == 4

    def test_the_lock_survives_a_restart(
        self, shop: Shop, clock: FakeClock, member: MemberId
    ) -> None:
        self.fail_five_times(shop, clock, member)
        shop.ledger.close()

        with open_ledger(shop.ledger.path.parent, clock) as reopened:
            lock = pin_locked(reopened, member)
            with pytest.raises(PinLocked):
                prove(replace(shop, ledger=reopened), member, MEMBER_PIN)

        assert lock is not None
        assert lock.until == DAY + timedelta(hours=10, minutes=31, seconds=30)


def test_the_right_pin_leaves_evidence_bound_to_one_payment(shop: Shop, member: MemberId) -> None:
    wish = intent()

    proof = prove(shop, member, MEMBER_PIN, wish)

    assert (proof.factor, proof.member, proof.amount) == ("pin", member, AMOUNT)
    assert (proof.intent, proof.at) == (wish, shop.ledger.now())
    key = shop.ledger.capability_key
    assert ensure_evidence(key, proof, replace(proof, seal=b""), lifetime=LIFETIME) == proof


@pytest.mark.parametrize("change", ["amount", "member", "intent", "at"])
def test_changed_evidence_is_forged_and_other_evidence_is_not_this(
    shop: Shop, member: MemberId, change: str
) -> None:
    proof = prove(shop, member, MEMBER_PIN)
    changes = {
        "amount": replace(proof, amount=Money(8801)),
        "member": replace(proof, member=MemberId(new_id())),
        "intent": replace(proof, intent=intent()),
        "at": replace(proof, at=proof.at + timedelta(seconds=1)),
    }

    with pytest.raises(NotProved) as refused:
        ensure_evidence(shop.ledger.capability_key, changes[change], proof, lifetime=LIFETIME)

    assert refused.value.reason == "forged"


def test_evidence_of_another_process_is_forged(shop: Shop, member: MemberId) -> None:
    proof = prove(shop, member, MEMBER_PIN)

    with pytest.raises(NotProved) as refused:
        ensure_evidence(b"k" * 32, proof, proof, lifetime=LIFETIME)

    assert refused.value.reason == "forged"


def test_each_try_is_journalled_right_or_wrong(shop: Shop, member: MemberId) -> None:
    wrong(shop, member)
    prove(shop, member, MEMBER_PIN)

    assert kinds(shop)[-2:] == [Kind.PIN_FAIL, Kind.PIN_PASS]
    rows = shop.ledger.read().execute("SELECT payload FROM journal").fetchall()
    assert all(
        pin.encode() not in payload for (payload,) in rows[1:] for pin in (WRONG, MEMBER_PIN)
    )


def test_one_members_failures_are_not_anothers(shop: Shop, member: MemberId) -> None:
    other = shop.member("13900000001", pin=MEMBER_PIN)
    for _ in range(5):
        wrong(shop, member)

    assert prove(shop, other, MEMBER_PIN).member == other
    assert pin_locked(shop.ledger, other) is None
    assert pin_locked(shop.ledger, member) is not None


def test_a_member_without_a_pin_is_asked_to_choose_one(shop: Shop) -> None:
    member = shop.member()

    with pytest.raises(PinNotSet) as missing:
        prove(shop, member, MEMBER_PIN)

    assert missing.value.member == member


def test_a_stranger_proves_nothing(shop: Shop) -> None:
    with pytest.raises(MemberUnknown):
        prove(shop, MemberId(new_id()), MEMBER_PIN)


def test_a_frozen_member_is_not_asked(shop: Shop, member: MemberId) -> None:
    wish = StatusChange(member, Status.FROZEN, "本人挂失", intent())
    set_status(shop.ledger, wish, operator=shop.manager)

    with pytest.raises(StatusForbids):
        prove(shop, member, MEMBER_PIN)
    with pytest.raises(StatusForbids):
        set_pin(shop.ledger, member, NEW_PIN, operator=shop.manager, intent=intent())


def test_the_first_pin_any_operator_takes(shop: Shop) -> None:
    member = shop.member()

    set_pin(shop.ledger, member, MEMBER_PIN, operator=cashier(shop), intent=intent())

    assert prove(shop, member, MEMBER_PIN).member == member


def test_a_second_press_sets_no_second_pin(shop: Shop) -> None:
    member, wish = shop.member(), intent()

    set_pin(shop.ledger, member, MEMBER_PIN, operator=shop.manager, intent=wish)
    before = kinds(shop)
    set_pin(shop.ledger, member, MEMBER_PIN, operator=shop.manager, intent=wish)

    assert kinds(shop) == before


@pytest.mark.parametrize("pin", ["123456", "340217", "12345", "abcdef"])
def test_a_weak_pin_is_not_taken(shop: Shop, pin: str) -> None:
    member = shop.member()

    with pytest.raises(PinWeak):
        set_pin(shop.ledger, member, pin, operator=shop.manager, intent=intent())


def test_a_stranger_sets_no_pin(shop: Shop) -> None:
    with pytest.raises(MemberUnknown):
        set_pin(shop.ledger, MemberId(new_id()), NEW_PIN, operator=shop.manager, intent=intent())


def test_a_cashier_resets_a_pin_with_a_managers_approval_only(shop: Shop, member: MemberId) -> None:
    by, wish = cashier(shop), intent()
    with pytest.raises(NeedsApproval):
        set_pin(shop.ledger, member, NEW_PIN, operator=by, intent=wish)
    asked = ApprovalWish(Act.RESET_PIN, Money(), wish, by)
    given = approve(shop.ledger, asked, number=MANAGER[0], pin=MANAGER[1])

    set_pin(shop.ledger, member, NEW_PIN, operator=by, intent=wish, approval=given)

    assert prove(shop, member, NEW_PIN).member == member
    with pytest.raises(PinWrong):
        prove(shop, member, MEMBER_PIN)
