"""Opening the cash drawer without a sale: allowed, reasoned, journalled."""

from __future__ import annotations

from pos_app.ids import IntentId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rights import Deed, ensure_may
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store.event import Draft, Kind
from pos_app.security.evidence import Approval


def record_opening(
    ledger: Ledger, operator: OperatorId, *, intent: IntentId, approval: Approval | None = None
) -> None:
    """Journal that the drawer is opened by hand. Raises NotAllowed, NeedsApproval, NotProved."""
    with ledger.write() as book:
        if book.event_of_intent(intent) is not None:
            return
        deed = Deed(Act.OPEN_DRAWER, operator, intent)
        consent = ensure_may(book, deed, key=ledger.capability_key, approval=approval)
        book.append(Draft(Kind.NOTE, {"drawer": 1, **consent}, operator=operator, intent=intent))
