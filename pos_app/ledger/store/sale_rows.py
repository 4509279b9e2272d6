"""Sales as the ledger file holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pos_app.ids import EventId, MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import moment
from pos_app.money import Money

_SELECT = (
    "SELECT s.seq, s.event_id, s.slip, s.at, s.member, s.payable, s.returned,"
    " (SELECT title FROM sale_unit u WHERE u.seq = s.seq AND u.n = 0),"
    " (SELECT count(*) FROM sale_unit u WHERE u.seq = s.seq) FROM sale s"
)
_OF_DAY = f"{_SELECT} JOIN journal j ON j.seq = s.seq WHERE j.day = ? AND j.kind = 'SALE'"


@dataclass(frozen=True, slots=True)
class SaleRow:
    """One sale; the title is its first unit's."""

    seq: int
    event_id: EventId
    slip: str
    at: datetime
    member: MemberId | None
    payable: Money
    returned: str
    title: str
    units: int


def by_event(reader: Statements, sale: EventId) -> SaleRow | None:
    """Return the sale of this identity."""
    found = f"{_SELECT} WHERE s.seq = (SELECT seq FROM journal WHERE event_id = ?)"  # noqa: S608 -- constants only
    return _one(reader.execute(found, (sale.bytes,)).fetchone())


def by_slip(reader: Statements, slip: str) -> SaleRow | None:
    """Return the sale of this slip number, which ends with its place in the chain."""
    place = int(slip.rpartition("-")[2])
    found = f"{_SELECT} WHERE s.seq = ? AND s.slip = ?"
    return _one(reader.execute(found, (place, slip)).fetchone())


def by_tail(reader: Statements, day: date, tail: str) -> SaleRow | None:
    """Return the latest sale of a business day whose slip number ends so."""
    found = f"{_OF_DAY} AND s.slip LIKE ? ORDER BY s.seq DESC LIMIT 1"
    return _one(reader.execute(found, (day.isoformat(), f"%{tail}")).fetchone())


def of_day(reader: Statements, day: date, limit: int) -> tuple[SaleRow, ...]:
    """Return the sales of a business day, newest first."""
    found = f"{_OF_DAY} ORDER BY s.seq DESC LIMIT ?"
    return tuple(_row(row) for row in reader.execute(found, (day.isoformat(), limit)))


def of_member(reader: Statements, member: MemberId, limit: int) -> tuple[SaleRow, ...]:
    """Return a member's sales, newest first."""
    found = (
        f"{_SELECT} JOIN journal j ON j.seq = s.seq WHERE j.member = ? ORDER BY j.seq DESC LIMIT ?"
    )
    return tuple(_row(row) for row in reader.execute(found, (member.bytes, limit)))


def _one(row: Any) -> SaleRow | None:  # noqa: ANN401 -- a row is whatever its SQL says
    return None if row is None else _row(row)


def _row(row: Any) -> SaleRow:  # noqa: ANN401 -- a row is whatever its SQL says
    seq, event, slip, at, member, payable, returned, title, units = row
    return SaleRow(
        seq=seq,
        event_id=EventId(UUID(bytes=event)),
        slip=slip,
        at=moment(at),
        member=None if member is None else MemberId(UUID(bytes=member)),
        payable=Money(payable),
        returned=returned,
        title=title,
        units=units,
    )
