"""The receipt of any committed event, for a reprint."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pos_app.ledger.closing_receipts import closing_receipt_of
from pos_app.ledger.journal_page import EventUnknown
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import ClosingReceipt, RefundReceipt, SaleReceipt, TopUpReceipt
from pos_app.ledger.refund_receipts import refund_receipt_of
from pos_app.ledger.sale_receipts import sale_receipt_of
from pos_app.ledger.store import journal
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind
from pos_app.ledger.topups import top_up_receipt_of

Receipt: TypeAlias = SaleReceipt | TopUpReceipt | RefundReceipt | ClosingReceipt

_READERS: dict[Kind, Callable[[Ledger, Statements, Event], Receipt]] = {
    Kind.SALE: sale_receipt_of,
    Kind.TOPUP: top_up_receipt_of,
    Kind.REFUND: refund_receipt_of,
    Kind.VOID: refund_receipt_of,
    Kind.ACCOUNT_CLOSE: closing_receipt_of,
}


def receipt_at(ledger: Ledger, seq: int) -> Receipt:
    """Return the receipt of the event at a place of the chain.

    Raises EventUnknown when it has none.
    """
    event = journal.event_at(ledger.read(), seq)
    if event is None or event.kind not in _READERS:
        raise EventUnknown(seq)
    return _READERS[event.kind](ledger, ledger.read(), event)


def latest_receipt(ledger: Ledger) -> Receipt | None:
    """Return the receipt of the latest event that has one; None on the first day."""
    event = journal.latest_of(ledger.read(), tuple(_READERS))
    return None if event is None else _READERS[event.kind](ledger, ledger.read(), event)
