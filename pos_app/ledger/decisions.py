"""What a manager of the store decides about an exception of HQ: a fact of this journal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import IntentId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rights import Deed, active_operator, ensure_may
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store import remote_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Event, Json, Kind
from pos_app.security.evidence import Approval


@dataclass(eq=False)
class NotForTheStore(PosError):
    """The exception is resolved, or somebody else decides it, or not like this: HQ says who."""

    who: str


@dataclass(frozen=True, slots=True)
class Decision:
    """How an exception is decided, by one of the codes that HQ offers, and why."""

    case: UUID
    how: str
    why: str

    @property
    def operation(self) -> IntentId:
        """Name exactly this decision: what a manager consents to is bound to it."""
        text = f"{self.case.hex} {self.how} {self.why}"
        return IntentId(UUID(bytes=hashlib.sha256(text.encode()).digest()[:16]))


def decide(
    ledger: Ledger, wish: Decision, *, operator: OperatorId, approval: Approval | None = None
) -> Event:
    """Write a decision down; the next push takes it to HQ, which carries it out.

    An exception is decided once here: whoever comes later gets the first decision. Who decided and
    why are personal data beside the chain.
    Raises NotForTheStore, OperatorUnknown, NotAllowed, NeedsApproval, NotProved.
    """
    intent = IntentId(wish.case)
    with ledger.write() as book:
        event = book.event_of_intent(intent)
        if event is not None:
            return event
        case = remote_rows.exception(book, wish.case)
        if wish.how not in case.get("decisions", ()):
            raise NotForTheStore(str(case.get("who", "")))
        deed = Deed(Act.DECIDE, operator, wish.operation)
        consent = ensure_may(book, deed, key=ledger.capability_key, approval=approval)
        said: dict[str, Json] = {"note": "decision", "case": wish.case.hex, "decision": wish.how}
        by = _named(book, operator if approval is None else approval.approver)
        return book.append(
            Draft(
                Kind.NOTE,
                {**said, "type": str(case.get("type", "")), **consent},
                operator=operator,
                intent=intent,
                private={"by": by, "why": wish.why},
            )
        )


def _named(book: Book, who: OperatorId) -> str:
    row = active_operator(book, who)
    return f"{row.name} · {row.number}"
