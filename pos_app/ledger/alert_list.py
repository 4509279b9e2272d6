"""The list of alerts that a manager opens: whom each is about, and every event that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pos_app.ids import EventId, MemberId, OperatorId
from pos_app.ledger import alerts
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_name
from pos_app.ledger.store import journal, member_rows
from pos_app.ledger.store.alert_rows import HERE, AlertRow
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import moment
from pos_app.ledger.store.operator_rows import operator_by_id
from pos_app.money import Money


@dataclass(frozen=True, slots=True)
class AlertEvent:
    """An event of an alert; `seq` is its place in this till's chain, None for another till's."""

    seq: int | None
    at: datetime
    deed: str
    amount: Money
    member_masked: str


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert as a manager reads it.

    `who` is a masked member or an operator, empty where it is a till; `member` is the only one
    that it concerns. `closed_by` is empty where this till dismissed it.
    """

    id: UUID
    here: bool
    signal: str
    who: str
    raised_at: datetime
    open: bool
    rule: Mapping[str, int]
    proposal: str
    events: tuple[AlertEvent, ...]
    member: MemberId | None
    why: str = ""
    closed_by: str = ""

    @property
    def closes(self) -> bool:
        """Say whether a manager here may dismiss it: HQ closes its own."""
        return self.here and self.open


def alert_list(ledger: Ledger, most: int) -> tuple[AlertLine, ...]:
    """Return what was found here and what HQ told, open ones first, then the latest."""
    return tuple(_line(ledger.read(), row) for row in alerts.listed(ledger, most))


def _line(book: Statements, row: AlertRow) -> AlertLine:
    body, closing = row.body, row.body.get("closing") or {}
    members = {one["member"] for one in body["rows"] if one["member"]}
    return AlertLine(
        id=row.id,
        here=row.source == HERE,
        signal=row.signal,
        who=_named(book, UUID(row.subject)),
        raised_at=row.raised_at,
        open=row.open,
        rule=body.get("rule") or {},
        proposal=str(body.get("proposal", "")),
        events=tuple(_event(book, one) for one in body["rows"]),
        member=MemberId(UUID(members.pop())) if len(members) == 1 else None,
        why=row.why or str(closing.get("why", "")),
        closed_by=str(closing.get("by", "")),
    )


def _named(book: Statements, subject: UUID) -> str:
    operator = operator_by_id(book, OperatorId(subject))
    return f"{operator.name} · {operator.number}" if operator else _masked(book, subject)


def _masked(book: Statements, member: UUID) -> str:
    row = member_rows.by_id(book, MemberId(member))
    return "" if row is None else mask_name(row.name)


def _event(book: Statements, row: Mapping[str, Any]) -> AlertEvent:
    event = journal.event_by_id(book, EventId(UUID(row["event"])))
    member = row["member"]
    return AlertEvent(
        seq=None if event is None else event.seq,
        at=moment(row["at"]),
        deed=str(row["deed"]),
        amount=Money(int(row["amount"])),
        member_masked=_masked(book, UUID(member)) if member else "",
    )
