"""Finding the sale that a return belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from pos_app.ids import EventId, MemberId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_name
from pos_app.ledger.refunds import sale_on_file, void_refusal
from pos_app.ledger.rules.refund_legs import legs_of, minus
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.store import member_rows, sale_rows
from pos_app.ledger.store.sale_rows import SaleRow
from pos_app.money import Money

_WHOLE_SLIP = re.compile(r"(?:RCP:)?(S\d{8}-\d{6,12})(?:[:;].*)?", re.ASCII)
_LEAST_TAIL = 3


@dataclass(frozen=True, slots=True)
class SaleSummary:
    """A sale in a line. `returned` is no, part or whole."""

    seq: int
    event_id: EventId
    slip: str
    at: datetime
    member_masked: str
    title: str
    units: int
    paid: Money
    returned: str


@dataclass(frozen=True, slots=True)
class SaleOpen:
    """A sale opened for a return.

    Its stored rows, what is left to return, and whether it may be voided.
    """

    summary: SaleSummary
    sold: Sold
    rest: Money
    void_refusal: str

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
        row = sale_rows.by_slip(ledger.read(), whole[1])
    elif wanted.isascii() and wanted.isdigit() and len(wanted) >= _LEAST_TAIL:
        row = sale_rows.by_tail(ledger.read(), ledger.today(), wanted)
    else:
        row = None
    return None if row is None else _summary(ledger, row)


def open_sale(ledger: Ledger, sale: EventId, operator: OperatorId) -> SaleOpen:
    """Open a sale for a return. Raises SaleUnknown."""
    event, sold = sale_on_file(ledger.read(), sale)
    row = sale_rows.by_event(ledger.read(), sale)
    assert row is not None, "every sale has its row"
    left = minus(legs_of(sold.units), sold.returned)
    rest = left.principal + left.bonus + left.outside
    refusal = void_refusal(event, sold, today=ledger.today(), operator=operator)
    return SaleOpen(_summary(ledger, row), sold, rest, refusal)


def _summary(ledger: Ledger, row: SaleRow) -> SaleSummary:
    member = None if row.member is None else member_rows.by_id(ledger.read(), row.member)
    return SaleSummary(
        seq=row.seq,
        event_id=row.event_id,
        slip=row.slip,
        at=row.at,
        member_masked="" if member is None else mask_name(member.name),
        title=row.title,
        units=row.units,
        paid=row.payable,
        returned=row.returned,
    )
