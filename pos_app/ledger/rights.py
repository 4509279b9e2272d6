"""Who may do what, checked again where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pos_app.errors import PosError
from pos_app.ids import IntentId, OperatorId
from pos_app.ledger.rules.access import Act, Role, Verdict, may, permitted
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Json, milliseconds
from pos_app.ledger.store.operator_rows import OperatorRow, operator_by_id
from pos_app.money import Money
from pos_app.security.evidence import Approval, ensure_approval

NOTHING = Money()


@dataclass(eq=False)
class OperatorUnknown(PosError):
    """Nobody of this identity may work here, or not any more."""

    operator: OperatorId


@dataclass(eq=False)
class NotAllowed(PosError):
    """The operator's role never does this."""

    act: Act
    role: Role


@dataclass(eq=False)
class NeedsApproval(PosError):
    """A manager who is another person must consent to exactly this."""

    act: Act
    amount: Money


@dataclass(eq=False)
class StatusForbids(PosError):
    """The member's account is frozen or blacklisted, and this act with it."""

    act: Act
    status: Status


@dataclass(frozen=True, slots=True)
class Deed:
    """What one operator is about to do."""

    act: Act
    operator: OperatorId
    intent: IntentId
    amount: Money = NOTHING


def ensure_may(
    book: Book, deed: Deed, *, key: bytes, approval: Approval | None = None
) -> dict[str, Json]:
    """Return what the event journals of an approval, empty where none was needed.

    `key` is the ledger's capability key.
    Raises OperatorUnknown, NotAllowed, NeedsApproval, NotProved.
    """
    operator = active_operator(book, deed.operator)
    verdict = may(operator.role, deed.act, deed.amount, book.programme)
    if verdict is Verdict.FORBIDDEN:
        raise NotAllowed(act=deed.act, role=operator.role)
    if verdict is Verdict.ALLOWED:
        return {}
    return ensure_approved(book, deed, key=key, approval=approval)


def ensure_approved(
    book: Book, deed: Deed, *, key: bytes, approval: Approval | None
) -> dict[str, Json]:
    """Return what the event journals of an approval. Raises NeedsApproval, NotProved."""
    if approval is None:
        raise NeedsApproval(act=deed.act, amount=deed.amount)
    return {"approval": approval_record(_checked(book, deed, approval, key))}


def ensure_permitted(status: Status, act: Act) -> None:
    """Refuse what the member's status forbids. Raises StatusForbids."""
    if not permitted(status, act):
        raise StatusForbids(act=act, status=status)


def active_operator(book: Book, operator: OperatorId) -> OperatorRow:
    """Return the operator as the book knows them now. Raises OperatorUnknown."""
    row = operator_by_id(book, operator)
    if row is None or not row.active:
        raise OperatorUnknown(operator=operator)
    return row


def approval_record(approval: Approval) -> dict[str, Json]:
    """Return an approval as an event journals it."""
    return {"by": approval.approver.hex, "at": milliseconds(approval.at), "act": approval.act}


def _checked(book: Book, deed: Deed, approval: Approval, key: bytes) -> Approval:
    wanted = Approval(
        approver=approval.approver,
        asked_by=deed.operator,
        act=deed.act.value,
        amount=deed.amount,
        intent=deed.intent,
        at=book.now,
    )
    lifetime = timedelta(seconds=book.programme.second_factor.approval.ttl_seconds)
    return ensure_approval(key, approval, wanted, lifetime=lifetime)
