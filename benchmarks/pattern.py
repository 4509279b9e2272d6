"""A real event as a mould: the same bytes and rows again, for another member at another time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Transfer, milliseconds
from pos_app.ledger.store.journal import event_at

Row = dict[str, Any]
_TABLES = ("transfer", "lot", "sale", "sale_unit", "growth", "slip_state")


@dataclass(frozen=True, slots=True)
class Place:
    """Where and for whom the event happens again. `accounts`: which account stands for which."""

    seq: int
    event: UUID
    intent: UUID
    member: UUID
    lot: UUID
    at: int
    day: str
    accounts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one committed event wrote."""

    payload: str
    journal: Row
    rows: tuple[tuple[str, Row], ...]
    transfers: tuple[Transfer, ...]

    def payload_at(self, place: Place) -> bytes:
        """Return the payload as it reads there."""
        facts = {
            "event": place.event.hex,
            "intent": place.intent.hex,
            "member": place.member.hex,
            "lot": place.lot.hex,
            "lot_name": str(place.lot),
            "at": place.at,
            "day": place.day,
            "slip": _slip(place.day, place.seq),
        }
        return (self.payload % facts).encode()

    def rows_at(self, place: Place, payload: bytes, digest: bytes, sig: bytes) -> Iterator[_Filled]:
        """Yield the table and the row of everything that the event writes there."""
        fresh = {
            "seq": place.seq,
            "event_id": place.event.bytes,
            "intent": place.intent.bytes,
            "member": place.member.bytes,
            "id": place.lot.bytes,
            "at": place.at,
            "printed_at": place.at,
            "day": place.day,
            "on_day": place.day,
            "slip": _slip(place.day, place.seq),
            "payload": payload,
            "hash": digest,
            "sig": sig,
        }
        yield "journal", _filled(self.journal, fresh)
        for table, row in self.rows:
            if table == "transfer":
                moved = {name: place.accounts[row[name]] for name in ("source", "target")}
                yield table, _filled(row, {"seq": place.seq, **moved})
            else:
                yield table, _filled(row, fresh)


_Filled = tuple[str, tuple[Any, ...]]


def pattern_of(book: Statements, seq: int, lot: UUID) -> Pattern:
    """Make a mould of a committed top-up or sale that touched this lot."""
    event = event_at(book, seq)
    assert event is not None, "the event was just committed"
    assert event.member is not None, "it has an owner"
    assert event.intent is not None, "it was wished for"
    (journal,) = rows_of(book, "journal", "seq = ?", seq)
    known = {
        event.id.hex: "%(event)s",
        event.intent.hex: "%(intent)s",
        event.member.hex: "%(member)s",
        lot.hex: "%(lot)s",
        str(lot): "%(lot_name)s",
        f'"at":{milliseconds(event.at)}': '"at":%(at)d',
        _slip(event.business_date.isoformat(), seq): "%(slip)s",
        f'"day":"{event.business_date.isoformat()}"': '"day":"%(day)s"',
    }
    payload = journal["payload"].decode().replace("%", "%%")
    for text, name in known.items():
        payload = payload.replace(text, name)
    found = ((table, row) for table in _TABLES for row in rows_of(book, table, "seq = ?", seq))
    return Pattern(payload, journal, tuple(found), event.transfers)


def rows_of(book: Statements, table: str, condition: str, value: object) -> list[Row]:
    """Return the rows of a table as their columns' names and values."""
    names = [column[1] for column in book.execute(f"PRAGMA table_info({table})")]
    rows = book.execute(f"SELECT * FROM {table} WHERE {condition}", (value,))  # noqa: S608 -- our own names
    return [dict(zip(names, row, strict=True)) for row in rows]


def insert_into(table: str, columns: int) -> str:
    """Return the statement that inserts whole rows."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 -- our own names


def _filled(row: Row, fresh: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(fresh.get(name, value) for name, value in row.items())


def _slip(day: str, seq: int) -> str:
    return f"S{day.replace('-', '')}-{seq:06d}"
