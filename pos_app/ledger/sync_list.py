"""The list of the sync page: what HQ has not heard yet, and what it wants a person to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pos_app.ids import IntentId, MemberId
from pos_app.ledger.journal_page import JournalLine, line_of
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_name
from pos_app.ledger.store import journal, link_rows, member_rows, sync_rows
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import moment
from pos_app.ledger.store.sync_rows import CaseRow


@dataclass(frozen=True, slots=True)
class CaseLine:
    """An exception: what HQ holds, what this terminal said, what HQ proposes and to whom.

    `event` is this terminal's own, where the exception is about one. `amount` is in fen of CNY,
    in points, or a count of coupons, as `unit` says. `decisions` are the store's to take now;
    `decided_here` is the one that this terminal wrote down and HQ has not carried out yet.
    """

    id: UUID
    type: str
    open: bool
    opened_at: datetime | None
    event: JournalLine | None
    member_masked: str
    unit: str
    amount: int
    at_hq: Mapping[str, Any] = field(default_factory=dict)
    here: Mapping[str, Any] = field(default_factory=dict)
    proposal: str = ""
    who: str = ""
    decisions: tuple[str, ...] = ()
    decision: str = ""
    note: str = ""
    decided_here: str = ""

    @property
    def is_ours(self) -> bool:
        """Say whether it waits for somebody of this store."""
        return bool(self.open and self.decisions and not self.decided_here)


@dataclass(frozen=True, slots=True)
class SyncList:
    """What is listed, and how much there is in all."""

    waiting: tuple[JournalLine, ...]
    waiting_in_all: int
    cases: tuple[CaseLine, ...]
    cases_in_all: int


def sync_list(ledger: Ledger, most: int) -> SyncList:
    """Return at most so many unsent events, oldest first, and as many exceptions, open first."""
    reader = ledger.read()
    in_all, _oldest = link_rows.waiting(reader)
    return SyncList(
        waiting=tuple(line_of(ledger, event) for event in sync_rows.waiting_events(reader, most)),
        waiting_in_all=in_all,
        cases=tuple(_case(ledger, row) for row in sync_rows.cases(reader, most)),
        cases_in_all=sync_rows.count_cases(reader),
    )


def _case(ledger: Ledger, row: CaseRow) -> CaseLine:
    """Read what HQ told. It tells less of some exceptions, and more where it is newer."""
    body = row.body
    opened, resolution = body.get("opened_at"), body.get("resolution") or {}
    return CaseLine(
        id=row.id,
        type=str(body.get("type", "")),
        open=row.open,
        opened_at=moment(opened) if opened else None,
        event=_event(ledger, body),
        member_masked=_masked(ledger.read(), body.get("member")),
        unit=str(body.get("unit", "")),
        amount=int(body.get("amount", 0)),
        at_hq=body.get("here") or {},
        here=body.get("there") or {},
        proposal=str(body.get("proposal", "")),
        who=str(body.get("who", "")),
        decisions=tuple(map(str, body.get("decisions") or ())),
        decision=str(resolution.get("decision", "")),
        note=str(resolution.get("note", "")),
        decided_here="" if resolution else _decided_here(ledger, row.id),
    )


def _decided_here(ledger: Ledger, case: UUID) -> str:
    event = journal.event_of_intent(ledger.read(), IntentId(case))
    return "" if event is None else str(event.body["decision"])


def _event(ledger: Ledger, body: Mapping[str, Any]) -> JournalLine | None:
    """Return the event of this chain that an exception names; another chain's is not here."""
    node = ledger.node
    mine = body.get("node") or node.id.hex, body.get("epoch") or node.epoch
    if body.get("seq") is None or mine != (node.id.hex, node.epoch):
        return None
    event = journal.event_at(ledger.read(), body["seq"])
    return None if event is None else line_of(ledger, event)


def _masked(book: Statements, member: str | None) -> str:
    row = member_rows.by_id(book, MemberId(UUID(member))) if member else None
    return "" if row is None else mask_name(row.name)
