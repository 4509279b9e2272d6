"""Finding the sale that a return belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from pos_app.ids import EventId, MemberId, OperatorId
from pos_app.ledger.elsewhere import OrderElsewhere
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_name
from pos_app.ledger.refunds import sale_on_file, void_refusal
from pos_app.ledger.rules.refund_legs import legs_of, minus
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.store import journal, member_rows, sale_rows
from pos_app.ledger.store.sale_rows import SaleRow
from pos_app.money import Money

_WHOLE_SLIP = re.compile(r"(?:RCP:)?(S\d{8}-\d{6,12})(?::([0-9A-F]{16}))?(?:[:;].*)?", re.ASCII)
_LEAST_TAIL = 3


@dataclass(frozen=True, slots=True)
class SaleSummary:
    """A sale in a line. `returned` is no, part or whole.

    Store and terminal are named where they are others than these.
    """

    seq: int
    event_id: EventId
    slip: str
    at: datetime
    member_masked: str
    title: str
    units: int
    paid: Money
    returned: str
    store: str = ""
    terminal: str = ""


@dataclass(frozen=True, slots=True)
class SaleOpen:
    """A sale opened for a return.

    Its stored rows, what is left to return, and whether it may be voided. `told` is what HQ said
    of it, where another till made it.
    """

    summary: SaleSummary
    sold: Sold
    rest: Money
    void_refusal: str
    told: OrderElsewhere | None = None

    @property
    def can_void(self) -> bool:
        """Say whether the sale can still be undone as if it had not been."""
        return not self.void_refusal


def sales_of(ledger: Ledger, member: MemberId | None, limit: int = 20) -> tuple[SaleSummary, ...]:
    """Return a member's latest sales, or this business day's of everybody, newest first."""
    reader = ledger.read()
    if member is None:
        rows = sale_rows.of_day(reader, ledger.today(), limit)
    else:
        rows = sale_rows.of_member(reader, member, limit)
    return tuple(_summary(ledger, row) for row in rows)


def find_sale(ledger: Ledger, text: str) -> SaleSummary | None:
    """Find a sale by its slip number, its receipt code.

    Or the last digits of a slip of this business day.
    """
    wanted = text.strip()
    whole = _WHOLE_SLIP.fullmatch(wanted.upper())
    if whole is not None:
        row = _of_code(ledger, sale_rows.by_slip(ledger.read(), whole[1]), whole[2] or "")
    elif wanted.isascii() and wanted.isdigit() and len(wanted) >= _LEAST_TAIL:
        row = sale_rows.by_tail(ledger.read(), ledger.today(), wanted)
    else:
        row = None
    return None if row is None else _summary(ledger, row)


def _of_code(ledger: Ledger, row: SaleRow | None, proof: str) -> SaleRow | None:
    """Return the sale only where a scanned code proves it: other tills print the same numbers."""
    event = None if row is None else journal.event_by_id(ledger.read(), row.event_id)
    proved = event is not None and event.hash.hex().startswith(proof.lower())
    return row if proved else None


def slip_asked(text: str) -> str:
    """Return the whole slip number in a text, nothing where there is none."""
    whole = _WHOLE_SLIP.fullmatch(text.strip().upper())
    return "" if whole is None else whole[1]


def summary_told(ledger: Ledger, told: OrderElsewhere) -> SaleSummary:
    """Return a sale of another till in a line."""
    sale, (_event, sold) = told.sale, sale_on_file(ledger.read(), told.sale.id, told)
    gone = sold.returned_amount or sold.returned_units
    return SaleSummary(
        seq=0,
        event_id=sale.id,
        slip=sale.body["slip"],
        at=sale.at,
        member_masked=_masked(ledger, sale.member),
        title=sold.units[0].title,
        units=len(sold.units),
        paid=Money(sale.body["payable"]),
        returned="no" if not gone else "part" if _rest(sold) else "whole",
        store=told.store_name,
        terminal=told.terminal_name,
    )


def open_told(ledger: Ledger, told: OrderElsewhere) -> SaleOpen:
    """Open a sale of another till for a return; only the till that sold can void."""
    _event, sold = sale_on_file(ledger.read(), told.sale.id, told)
    return SaleOpen(summary_told(ledger, told), sold, _rest(sold), "till", told)


def open_sale(ledger: Ledger, sale: EventId, operator: OperatorId) -> SaleOpen:
    """Open a sale for a return. Raises SaleUnknown."""
    event, sold = sale_on_file(ledger.read(), sale)
    row = sale_rows.by_event(ledger.read(), sale)
    assert row is not None, "every sale has its row"
    refusal = void_refusal(event, sold, today=ledger.today(), operator=operator)
    return SaleOpen(_summary(ledger, row), sold, _rest(sold), refusal)


def _rest(sold: Sold) -> Money:
    left = minus(legs_of(sold.units), sold.returned)
    return left.principal + left.bonus + left.outside


def _summary(ledger: Ledger, row: SaleRow) -> SaleSummary:
    return SaleSummary(
        seq=row.seq,
        event_id=row.event_id,
        slip=row.slip,
        at=row.at,
        member_masked=_masked(ledger, row.member),
        title=row.title,
        units=row.units,
        paid=row.payable,
        returned=row.returned,
    )


def _masked(ledger: Ledger, member: MemberId | None) -> str:
    row = None if member is None else member_rows.by_id(ledger.read(), member)
    return "" if row is None else mask_name(row.name)
