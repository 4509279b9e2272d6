"""What proves a member or a manager: PINs checked here, and the sealed evidence that they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import ensure_in_reach
from pos_app.ledger.operator_doors import subject_of
from pos_app.ledger.operators import SignInRefused, checked
from pos_app.ledger.pin_choice import member_verifier, owner_of, pin_rules
from pos_app.ledger.rights import (
    Deed,
    NotAllowed,
    OperatorUnknown,
    ensure_may,
    ensure_permitted,
)
from pos_app.ledger.rules.access import Act, Role
from pos_app.ledger.rules.birthdays import birthday_of
from pos_app.ledger.rules.lockout import Door, LockRules, door
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Json, Kind
from pos_app.ledger.store.member_rows import known_member
from pos_app.ledger.store.operator_rows import OperatorRow, operator_by_id
from pos_app.ledger.store.pins import failures_of, has_pin, latest_pin_of
from pos_app.money import Money
from pos_app.security.evidence import Approval, Evidence, NotProved, sealed, sealed_approval

PIN = "pin"


@dataclass(eq=False)
class PinNotSet(PosError):
    """The member has not chosen a PIN yet."""

    member: MemberId


@dataclass(eq=False)
class PinNotHere(PosError):
    """The member has a PIN, but this terminal has nothing to check it with, or something older.

    Offline HQ cannot be asked for it. Online, where HQ gives nothing either, it was chosen at a
    terminal that had not joined the chain yet, and only that one can check it.
    """

    member: MemberId
    online: bool


@dataclass(eq=False)
class PinWrong(PosError):
    """The PIN is not the member's."""

    attempts_left: int


@dataclass(eq=False)
class PinLocked(PosError):
    """No PIN is looked at until then; with None until a manager knows the member and resets it."""

    until: datetime | None


@dataclass(eq=False)
class OwnPinWrong(PosError):
    """The PIN is not that of the operator who works here."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class ApprovalWish:
    """The one act, sum and intent of one operator that a manager is asked to consent to."""

    act: Act
    amount: Money
    intent: IntentId
    asked_by: OperatorId


def set_pin(
    ledger: Ledger,
    member: MemberId,
    pin: str,
    *,
    operator: OperatorId,
    intent: IntentId,
    approval: Approval | None = None,
) -> None:
    """Keep the PIN that the member has just chosen; repeating the call changes nothing.

    The first one any operator may take. Replacing one, also one that only HQ knows, opens every
    lock: it is a manager's after checking the identity, or needs the approval of one (act
    `reset_pin`, amount 0), and it waits for HQ.
    Raises MemberUnknown, PinWeak, StatusForbids, OnlineOnly, NotAllowed, NeedsApproval, NotProved.
    """
    row = known_member(ledger.read(), member)
    owner = owner_of(row.phone or "", birthday_of(row.birthday, row.lunar))
    verifier = member_verifier(ledger, pin, owner)
    with ledger.write() as book:
        if book.event_of_intent(intent) is not None:
            return
        act = Act.RESET_PIN if has_pin(book, member) else Act.SET_PIN
        ensure_permitted(known_member(book, member).status, act)
        ensure_in_reach(ledger, book, act)
        deed = Deed(act, operator, intent)
        consent = ensure_may(book, deed, key=ledger.capability_key, approval=approval)
        book.append(
            Draft(
                Kind.PIN_SET,
                consent,
                member=member,
                operator=operator,
                intent=intent,
                private={"verifier": verifier},
            )
        )


def prove_with_pin(
    ledger: Ledger,
    *,
    member: MemberId,
    pin: str,
    amount: Money,
    intent: IntentId,
    operator: OperatorId,
) -> Evidence:
    """Check the member's PIN and return evidence bound to this member, amount and intent.

    Right or wrong, the try is committed before it is answered. While the PIN is locked it is
    neither looked at nor counted. A PIN from before this terminal joined its chain is hashed anew
    when it is right, so that all terminals can check it from then on.
    Raises MemberUnknown, StatusForbids, PinNotSet, PinNotHere, PinLocked, PinWrong.
    """
    _ensure_open(ledger, ledger.read(), member)
    ensure_permitted(known_member(ledger.read(), member).status, Act.PAY_STORED_VALUE)
    verifier = _checkable(ledger, member)
    right = ledger.peppers.matches(verifier, pin)
    renewed = None
    if right and not ledger.peppers.is_latest(verifier):
        renewed = {"verifier": ledger.peppers.verifier(pin, pin_rules(ledger.programme))}
    with ledger.write() as book:
        _ensure_open(ledger, book, member)
        kind = Kind.PIN_PASS if right else Kind.PIN_FAIL
        bound: dict[str, Json] = {"amount": amount.minor, "for": intent.hex}
        book.append(Draft(kind, bound, member=member, operator=operator, private=renewed))
        at, after = book.now, _door(ledger, book, member)
    if not right:
        raise PinLocked(until=after.until) if after.locked else PinWrong(after.attempts_left)
    return sealed(ledger.capability_key, Evidence(PIN, member, amount, intent, at))


def approve(ledger: Ledger, wish: ApprovalWish, *, number: str, pin: str) -> Approval:
    """Check a manager's number and PIN and return their consent to exactly this wish.

    Nobody approves their own wish. Raises SignInRefused, OperatorLocked, NotAllowed, NotProved.
    """
    manager = checked(ledger, number, pin)
    if manager.role is not Role.MANAGER:
        raise NotAllowed(act=wish.act, role=manager.role)
    if manager.id == wish.asked_by:
        raise NotProved("own_approval")
    at = _noted(ledger, wish, manager, "approval")
    consent = Approval(manager.id, wish.asked_by, wish.act.value, wish.amount, wish.intent, at)
    return sealed_approval(ledger.capability_key, consent)


def confirm(ledger: Ledger, wish: ApprovalWish, *, pin: str) -> None:
    """Check once more that whoever asks for an act is the operator who signed in.

    It consents to nothing that the role does not allow. A wrong try counts like one at the sign-in.
    Raises OwnPinWrong, OperatorLocked, OperatorUnknown.
    """
    row = operator_by_id(ledger.read(), wish.asked_by)
    if row is None or not row.active:
        raise OperatorUnknown(operator=wish.asked_by)
    try:
        checked(ledger, row.number, pin)
    except SignInRefused as refused:
        raise OwnPinWrong(attempts_left=refused.attempts_left) from refused
    _noted(ledger, wish, row, "confirmed")


def pin_locked(ledger: Ledger, member: MemberId) -> PinLocked | None:
    """Return the lock on a member's PIN, if there is one now."""
    state = _door(ledger, ledger.read(), member)
    return PinLocked(until=state.until) if state.locked else None


def lack_of_pin(ledger: Ledger, member: MemberId) -> PinNotSet | PinNotHere | None:
    """Return why no PIN of the member can be checked here; None where it can."""
    if _verifier(ledger, member) is not None:
        return None
    if has_pin(ledger.read(), member):
        return PinNotHere(member, ledger.online)
    return PinNotSet(member)


def _checkable(ledger: Ledger, member: MemberId) -> str:
    verifier, lack = _verifier(ledger, member), lack_of_pin(ledger, member)
    if verifier is None:
        assert lack is not None, "no verifier, no check"
        raise lack
    return verifier


def _verifier(ledger: Ledger, member: MemberId) -> str | None:
    verifier = latest_pin_of(ledger.read(), member)
    return verifier if verifier is not None and ledger.peppers.can_check(verifier) else None


def _noted(ledger: Ledger, wish: ApprovalWish, who: OperatorRow, note: str) -> datetime:
    bound: dict[str, Json] = {
        "note": note,
        "subject": subject_of(ledger, who.number).hex,
        "act": wish.act.value,
        "amount": wish.amount.minor,
        "for": wish.intent.hex,
        "asked_by": wish.asked_by.hex,
    }
    with ledger.write() as book:
        book.append(Draft(Kind.NOTE, bound, operator=who.id))
        return book.now


def _ensure_open(ledger: Ledger, reader: Statements, member: MemberId) -> None:
    state = _door(ledger, reader, member)
    if state.locked:
        raise PinLocked(until=state.until)


def _door(ledger: Ledger, reader: Statements, member: MemberId) -> Door:
    pin = ledger.programme.second_factor.pin
    lock = timedelta(minutes=pin.lock_minutes)
    rules = LockRules(pin.max_failures, lock, pin.hard_lock_failures_24h)
    return door(failures_of(reader, member), rules, ledger.now())
