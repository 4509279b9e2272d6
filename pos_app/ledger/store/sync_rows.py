"""What waits for HQ, and what HQ put before a person: the rows of the sync page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, read_event

_WAITING = (
    "SELECT seq, payload, hash FROM journal WHERE seq > (SELECT acked_seq FROM node_state)"
    " ORDER BY seq LIMIT ?"
)
_CASES = "SELECT id, open, body FROM hq_exception ORDER BY open DESC, feed_seq DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One exception as HQ last told of it."""

    id: UUID
    open: bool
    body: Mapping[str, Any]


def waiting_events(book: Statements, most: int) -> tuple[Event, ...]:
    """Return the events that HQ has not acknowledged, in the order in which they are sent."""
    return tuple(read_event(*row) for row in book.execute(_WAITING, (most,)))


def cases(book: Statements, most: int) -> tuple[CaseRow, ...]:
    """Return the exceptions that concern this terminal, open ones first, then the latest."""
    rows = book.execute(_CASES, (most,))
    return tuple(
        CaseRow(UUID(bytes=known), bool(still), json.loads(body)) for known, still, body in rows
    )


def count_cases(book: Statements) -> int:
    """Return how many exceptions HQ has told this terminal of."""
    return int(book.execute("SELECT count(*) FROM hq_exception").fetchone()[0])
