"""Pages of the journal, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind, read_event


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; None and empty ask for all."""

    day: date | None
    kinds: tuple[Kind, ...]
    member: MemberId | None
    before: int | None


def rows_of(book: Statements, wanted: Wanted, limit: int) -> tuple[Event, ...]:
    """Return the newest events that are wanted."""
    clauses: list[str] = []
    values: list[object] = []
    if wanted.day is not None:
        clauses.append("day = ?")
        values.append(wanted.day.isoformat())
    if wanted.kinds:
        clauses.append(f"kind IN ({', '.join('?' * len(wanted.kinds))})")
        values.extend(kind.value for kind in wanted.kinds)
    if wanted.member is not None:
        clauses.append("member = ?")
        values.append(wanted.member.bytes)
    if wanted.before is not None:
        clauses.append("seq < ?")
        values.append(wanted.before)
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    rows = book.execute(
        f"SELECT seq, payload, hash FROM journal {where} ORDER BY seq DESC LIMIT ?",  # noqa: S608 -- only question marks
        (*values, limit),
    )
    return tuple(read_event(*row) for row in rows)


def signature_at(book: Statements, seq: int) -> bytes:
    """Return the stored signature of the event at a place."""
    return bytes(book.execute("SELECT sig FROM journal WHERE seq = ?", (seq,)).fetchone()[0])
