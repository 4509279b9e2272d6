"""Closings on file: which lots of a member were paid out before."""

from __future__ import annotations

import json
from uuid import UUID

from pos_app.ids import EventId, LotId, MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Kind, read_event

_CLOSINGS = "SELECT seq, payload, hash FROM journal WHERE member = ? AND kind = ?"


def closed_lots(book: Statements, member: MemberId) -> frozenset[LotId]:
    """Return the lots that an earlier closing at this terminal has emptied."""
    rows = book.execute(_CLOSINGS, (member.bytes, Kind.ACCOUNT_CLOSE.value))
    events = [read_event(*row) for row in rows]
    return frozenset(LotId(UUID(one["lot"])) for event in events for one in event.body["lots"])


def account_tail(book: Statements, closing: EventId) -> str:
    """Return the last digits of the account that was paid; nothing for cash, or once erased."""
    asked = "SELECT data FROM sidecar WHERE event_id = ?"
    row = book.execute(asked, (closing.bytes,)).fetchone()
    return "" if row is None else str(json.loads(row[0])["tail"])
