"""The events of the last days that the fraud radar reads from this till's journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from pos_app.ids import EventId, MemberId, NodeId, OperatorId
from pos_app.ledger.rules.fraud_reading import KINDS, Written
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, moment, read_event

_MARKS = ", ".join(f"'{kind}'" for kind in KINDS)
_ALONE = "'TOPUP', 'REFUND', 'VOID', 'ACCOUNT_CLOSE'"
_SUSPECTS = (
    "SELECT member FROM journal INDEXED BY journal_day WHERE day >= ? AND member IS NOT NULL"  # noqa: S608 -- our own names
    f" AND kind IN ({_MARKS}) GROUP BY member HAVING sum(kind IN ({_ALONE})) > 0"
    " OR sum(kind = 'SALE') >= ?"
)
_OF_MEMBER = (
    "SELECT seq, payload, hash FROM journal WHERE member = ? AND day >= ?"  # noqa: S608 -- our own names
    f" AND kind IN ({_MARKS}) ORDER BY seq"
)
_TRADE = (
    "SELECT seq, kind, event_id, at, CASE WHEN kind IN ('MEMBER_NEW', 'COUPON_ISSUE')"  # noqa: S608 -- our own names
    f" THEN payload END, hash FROM journal WHERE day >= ? AND kind IN ({_MARKS}) ORDER BY seq"
)
_NAMESAKES = (
    "SELECT o.id FROM member m JOIN operator o ON o.name = m.name WHERE m.id = ? AND m.name <> ''"
)


def suspects(book: Statements, since: date, orders: int) -> list[MemberId]:
    """Return members of whom the days since then may tell something."""
    rows = book.execute(_SUSPECTS, (since.isoformat(), orders))
    return [MemberId(UUID(bytes=member)) for (member,) in rows]


def of_member(book: Statements, member: MemberId, since: date, till: NodeId) -> list[Written]:
    """Return what a member did at this till since then."""
    rows = book.execute(_OF_MEMBER, (member.bytes, since.isoformat()))
    return [_written(read_event(*row), till) for row in rows]


def of_till(book: Statements, since: date, till: NodeId) -> Iterator[Written]:
    """Yield what was done here since then, in the order of the chain.

    What is sold only ends a run of registrations: its bytes are not read.
    """
    for seq, kind, event, at, payload, digest in book.execute(_TRADE, (since.isoformat(),)):
        if payload is None:
            yield Written(EventId(UUID(bytes=event)), moment(at), kind, till, None, None, None, {})
        else:
            yield _written(read_event(seq, payload, digest), till)


def owned(book: Statements, member: MemberId) -> dict[OperatorId, MemberId]:
    """Return which operators have the member's name: they may be the same person."""
    rows = book.execute(_NAMESAKES, (member.bytes,))
    return {OperatorId(UUID(bytes=operator)): member for (operator,) in rows}


def _written(event: Event, till: NodeId) -> Written:
    who = (event.member, event.operator, event.of)
    return Written(event.id, event.at, event.kind.value, till, *who, event.body)
