"""The chain on disk: reading rows back as events, and the head that the next one builds on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pos_app.ids import EventId, IntentId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind, read_event
from pos_app.security.chain import NO_HASH

INSERT = (
    "INSERT INTO journal (seq, event_id, kind, day, at, member, intent, of, payload, hash, sig)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_SIDECAR = "INSERT INTO sidecar (event_id, salt, data) VALUES (?, ?, ?)"
_ROW = "SELECT seq, payload, hash FROM journal"


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of the chain: its place, its hash, and its time in milliseconds."""

    seq: int
    hash: bytes
    at: int


def head_of(book: Statements) -> Head:
    """Return the head of the chain; before the first event it is place 0."""
    row = book.execute("SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(0, NO_HASH, 0) if row is None else Head(*row)


def event_at(book: Statements, seq: int) -> Event | None:
    """Return the event at a place of the chain."""
    return _one(book.execute(f"{_ROW} WHERE seq = ?", (seq,)).fetchone())


def event_by_id(book: Statements, event_id: EventId) -> Event | None:
    """Return the event of this identity."""
    return _one(book.execute(f"{_ROW} WHERE event_id = ?", (event_id.bytes,)).fetchone())


def event_of_intent(book: Statements, intent: IntentId) -> Event | None:
    """Return what this intent has already done."""
    return _one(book.execute(f"{_ROW} WHERE intent = ?", (intent.bytes,)).fetchone())


def latest_of(book: Statements, kinds: tuple[Kind, ...]) -> Event | None:
    """Return the latest event of these kinds."""
    marks = ", ".join("?" * len(kinds))
    asked = tuple(kind.value for kind in kinds)
    latest = f"{_ROW} WHERE kind IN ({marks}) ORDER BY seq DESC LIMIT 1"
    return _one(book.execute(latest, asked).fetchone())


def events_about(book: Statements, event_id: EventId, *kinds: Kind) -> tuple[Event, ...]:
    """Return the events of these kinds that answer an earlier one, oldest first."""
    rows = book.execute(f"{_ROW} WHERE of = ? ORDER BY seq", (event_id.bytes,))
    events = (read_event(*row) for row in rows)
    return tuple(event for event in events if event.kind in kinds)


def all_events(book: Statements) -> Iterator[tuple[Event, Mapping[str, Any] | None]]:
    """Yield every event in order, each with its personal data where that still exists."""
    rows = book.execute(
        "SELECT j.seq, j.payload, j.hash, s.data FROM journal j"
        " LEFT JOIN sidecar s ON s.event_id = j.event_id ORDER BY j.seq"
    )
    for seq, payload, digest, data in rows:
        yield read_event(seq, payload, digest), None if data is None else json.loads(data)


def _one(row: Any) -> Event | None:  # noqa: ANN401 -- a row is whatever its SQL says
    return None if row is None else read_event(*row)
