"""Alerts of the fraud radar as the ledger file keeps them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pos_app.ids import MemberId
from pos_app.ledger.rules.radar import Known, marks_of
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import milliseconds, moment

HERE, AT_HQ = "here", "hq"
_KEEP = (
    "INSERT INTO alert (id, source, signal, subject, raised_at, open, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET open = excluded.open,"
    " body = excluded.body"
)
_CONCERNS = "INSERT INTO alert_member (member, alert) VALUES (?, ?) ON CONFLICT DO NOTHING"
_ROWS = (
    "SELECT a.id, a.source, a.signal, a.subject, a.raised_at, a.open AND c.alert IS NULL, a.body,"
    " c.seq, c.why FROM alert a LEFT JOIN alert_closing c ON c.alert = a.id"
)
_AMONG = "IN (SELECT value FROM json_each(?))"
_COUNT = (
    "SELECT count(*) FROM alert a LEFT JOIN alert_closing c ON c.alert = a.id"
    " WHERE a.open = 1 AND c.alert IS NULL"
)

_COUNT_OF = f"{_COUNT} AND a.id IN (SELECT alert FROM alert_member WHERE member = ?)"  # noqa: S608 -- ours


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert, from this till or from HQ. Of a dismissal here: its place in the chain, and why."""

    id: UUID
    source: str
    signal: str
    subject: str
    raised_at: datetime
    open: bool
    body: Mapping[str, Any]
    closed_seq: int | None = None
    why: str = ""


def keep(book: Statements, row: AlertRow, members: Sequence[str]) -> None:
    """Keep an alert, or the latest word on one."""
    body = json.dumps(row.body, ensure_ascii=False, sort_keys=True)
    at = milliseconds(row.raised_at)
    what = (row.id.bytes, row.source, row.signal, row.subject, at, int(row.open), body)
    book.execute(_KEEP, what)
    for member in members:
        book.execute(_CONCERNS, (UUID(member).bytes, row.id.bytes))


def known(book: Statements, subjects: Collection[str]) -> list[Known]:
    """Return what was raised about these subjects here and at HQ, and what was dismissed here."""
    named = json.dumps(sorted(subjects))
    rows = book.execute(f"{_ROWS} WHERE a.subject {_AMONG}", (named,))
    raised = {one.id: _known(one) for one in map(_row, rows)}
    asked = f"SELECT alert, signal, subject, marks FROM alert_closing WHERE subject {_AMONG}"  # noqa: S608 -- ours
    for alert, signal, subject, rests_on in book.execute(asked, (named,)):
        one = UUID(bytes=alert)
        dismissed = Known(one.hex, signal, subject, frozenset(json.loads(rests_on)), open=False)
        raised.setdefault(one, dismissed)
    return list(raised.values())


def listed(book: Statements, most: int) -> tuple[AlertRow, ...]:
    """Return alerts, open ones first, then the latest."""
    asked = f"{_ROWS} ORDER BY a.open AND c.alert IS NULL DESC, a.raised_at DESC, a.id LIMIT ?"
    return tuple(map(_row, book.execute(asked, (most,))))


def one(book: Statements, alert: UUID) -> AlertRow | None:
    """Return one alert."""
    found = book.execute(f"{_ROWS} WHERE a.id = ?", (alert.bytes,)).fetchone()
    return None if found is None else _row(found)


def count_open(book: Statements) -> int:
    """Return how many alerts nobody has looked at."""
    return int(book.execute(_COUNT).fetchone()[0])


def count_open_of(book: Statements, member: MemberId) -> int:
    """Return how many open alerts concern a member."""
    return int(book.execute(_COUNT_OF, (member.bytes,)).fetchone()[0])


def marks(row: AlertRow) -> frozenset[str]:
    """Return what an alert rests on."""
    return marks_of(row.signal, ((one["event"], one["member"]) for one in row.body["rows"]))


def _known(row: AlertRow) -> Known:
    """Return an alert as what has been told; rows are added to those of this till alone."""
    grows = row.open and row.source == HERE
    return Known(row.id.hex, row.signal, row.subject, marks(row), grows)


def _row(row: Any) -> AlertRow:  # noqa: ANN401 -- a row is whatever its SQL says
    identity, source, signal, subject, at, is_open, body, seq, why = row
    what = (UUID(bytes=identity), source, signal, subject, moment(at), bool(is_open))
    return AlertRow(*what, json.loads(body), seq, why or "")
