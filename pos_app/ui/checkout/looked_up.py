"""Whether a payment is in the book, asked by its intent."""

from __future__ import annotations

from pos_app.ids import IntentId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.sale_receipts import sale_receipt_of
from pos_app.ledger.store.journal import event_of_intent


def receipt_of(ledger: Ledger, intent: IntentId) -> SaleReceipt | None:
    """Return the receipt of the sale that this intent brought about, or None when there is none."""
    event = event_of_intent(ledger.read(), intent)
    return None if event is None else sale_receipt_of(ledger, ledger.read(), event)
