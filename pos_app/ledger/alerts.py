"""The fraud radar of this till: what its own journal tells, what HQ told, and what was said of it.

An alert blocks nothing and nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId, new_id
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rights import Deed, ensure_may
from pos_app.ledger.rules import radar
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.fraud_reading import doings_of
from pos_app.ledger.rules.fraud_rows import Doing
from pos_app.ledger.rules.radar import Finding
from pos_app.ledger.store import alert_rows, radar_rows
from pos_app.ledger.store.alert_rows import AT_HQ, HERE, AlertRow
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Event, Json, Kind, milliseconds, moment


@dataclass(eq=False)
class NotForThisTill(PosError):
    """There is no such alert here, or HQ raised it and closes it."""


def look_at(ledger: Ledger, member: MemberId) -> int:
    """Look at what a member did here; return how many open alerts concern them.

    Nothing is written where nothing new was found.
    """
    _keep(ledger, _of_member(ledger, member))
    return count_open_of(ledger, member)


def look_around(ledger: Ledger) -> int:
    """Look at all that was done at this till lately; return how many open alerts there are.

    The same events are raised once, also where what they made was dismissed meanwhile.
    """
    found = [*_of_till(ledger)]
    orders = radar.sales_worth_a_look(ledger.programme)
    for member in radar_rows.suspects(ledger.read(), _first_day(ledger), orders):
        found += _of_member(ledger, member)
    _keep(ledger, found)
    return count_open(ledger)


def count_open(ledger: Ledger) -> int:
    """Return how many alerts nobody has looked at, found here or told by HQ."""
    return alert_rows.count_open(ledger.read())


def count_open_of(ledger: Ledger, member: MemberId) -> int:
    """Return how many open alerts concern a member."""
    return alert_rows.count_open_of(ledger.read(), member)


def listed(ledger: Ledger, most: int) -> tuple[AlertRow, ...]:
    """Return what was found here and what HQ told, open ones first, then the latest."""
    return alert_rows.listed(ledger.read(), most)


def dismiss(
    ledger: Ledger, alert: UUID, why: str, *, operator: OperatorId, intent: IntentId
) -> Event:
    """Write down that a manager looked at an alert of this till and what they found.

    Repeating the call returns the first event. Why is personal data beside the chain.
    Raises NotForThisTill, OperatorUnknown, NotAllowed.
    """
    with ledger.write() as book:
        event = book.event_of_intent(intent)
        if event is not None:
            return event
        ensure_may(book, Deed(Act.DISMISS_ALERT, operator, intent), key=ledger.capability_key)
        row = alert_rows.one(book, alert)
        if row is None or row.source != HERE or not row.open:
            raise NotForThisTill
        said: dict[str, Json] = {"alert": alert.hex, "signal": row.signal, "subject": row.subject}
        said["marks"] = sorted(alert_rows.marks(row))
        return book.append(
            Draft(Kind.ALERT_CLOSE, said, operator=operator, intent=intent, private={"why": why})
        )


def take_alert(book: Book, alert: UUID, body: Mapping[str, Any]) -> None:
    """Keep the latest word of HQ on an alert that concerns this store."""
    row = AlertRow(
        id=alert,
        source=AT_HQ,
        signal=str(body["signal"]),
        subject=str(body["subject"]),
        raised_at=moment(body["raised_at"]),
        open=body["state"] == "open",
        body=body,
    )
    alert_rows.keep(book, row, [str(one) for one in body.get("members", ())])


def _of_member(ledger: Ledger, member: MemberId) -> tuple[Finding, ...]:
    reader = ledger.read()
    written = radar_rows.of_member(reader, member, _first_day(ledger), ledger.node.id)
    doings = chain.from_iterable(map(doings_of, written))
    return radar.of_members(doings, ledger.programme, radar_rows.owned(reader, member))


def _of_till(ledger: Ledger) -> tuple[Finding, ...]:
    first = ledger.today() - timedelta(days=radar.TILL_LOOK_BACK_DAYS - 1)
    written = radar_rows.of_till(ledger.read(), first, ledger.node.id)
    since = datetime.combine(_first_day(ledger), time(), ledger.programme.zone)
    return radar.of_till(chain.from_iterable(map(doings_of, written)), ledger.programme, since)


def _first_day(ledger: Ledger) -> date:
    return ledger.today() - timedelta(days=radar.LOOK_BACK_DAYS - 1)


def _keep(ledger: Ledger, found: Sequence[Finding]) -> None:
    """Raise what is new of some findings; without any the writer is not even asked."""
    subjects = {one.subject for one in found}
    if not radar.unraised(found, alert_rows.known(ledger.read(), subjects)):
        return
    with ledger.write() as book:
        for finding, grows in radar.unraised(found, alert_rows.known(book, subjects)):
            _raise(ledger, book, finding, grows)


def _raise(ledger: Ledger, book: Book, finding: Finding, grows: str | None) -> None:
    kept = None if grows is None else alert_rows.one(book, UUID(grows))
    told = {row["event"]: row for row in (() if kept is None else kept.body["rows"])}
    told.update((row["event"], row) for row in map(_row, finding.rows))
    rows = sorted(told.values(), key=lambda row: row["at"])[-radar.ROWS_MOST :]
    body = {
        "rows": rows,
        "rule": radar.rule_of(finding.kind, ledger.programme),
        "rules": ledger.programme.version,
        "proposal": radar.proposal(finding.kind),
    }
    raised = AlertRow(
        new_id(), HERE, finding.kind.value, finding.subject, book.now, open=True, body=body
    )
    row = raised if kept is None else replace(kept, body=body)
    alert_rows.keep(book, row, finding.members)


def _row(row: Doing) -> dict[str, Any]:
    return {
        "event": row.id.hex,
        "node": None if row.till is None else row.till.hex,
        "at": milliseconds(row.at),
        "deed": row.deed.value,
        "member": None if row.member is None else row.member.hex,
        "amount": row.amount.minor,
    }
