"""Rights on file: held here, asked of HQ, and what HQ last said lies elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import milliseconds, moment

_HELD = (
    "SELECT a.pocket, coalesce(a.expires_on, lower(hex(a.lot))), b.amount,"
    " CASE WHEN l.id IS NOT NULL THEN json_object('at', l.at, 'paid', l.paid, 'bonus', l.bonus)"
    " WHEN c.id IS NOT NULL THEN json_object('template', c.template,"
    "  'valid_from', c.valid_from, 'valid_until', c.valid_until) ELSE '{}' END"
    " FROM account a JOIN balance b ON b.account = a.id"
    " LEFT JOIN lot l ON l.id = a.lot AND a.pocket IN ('P', 'B')"
    " LEFT JOIN coupon c ON c.id = a.lot AND a.pocket = 'CPN'"
    " WHERE a.member = ? AND a.pocket <> 'DEBT' AND b.amount > 0"
    " ORDER BY l.at, l.seq, a.expires_on, a.id"
)
_HOLDERS = (
    "SELECT DISTINCT a.member FROM account a JOIN balance b ON b.account = a.id"
    " WHERE a.member IS NOT NULL AND a.pocket <> 'DEBT' AND b.amount > 0 AND b.last_seq > ?"
)
_WITHOUT_TERM = (
    "SELECT DISTINCT a.member FROM account a JOIN balance b ON b.account = a.id"
    " WHERE a.member IS NOT NULL AND a.pocket <> 'DEBT' AND b.amount > 0"
    " AND NOT EXISTS (SELECT 1 FROM hold_term h WHERE h.member = a.member)"
)
_DUE = "SELECT member FROM hold_term WHERE valid_until <= ? ORDER BY valid_until"
_TERM = "SELECT purpose, valid_until FROM hold_term WHERE member = ?"
_ASK = (
    "INSERT INTO grant_request (id, member, purpose, wants, at, state, reason)"
    " VALUES (?, ?, ?, ?, ?, 'new', '')"
)
_OPEN = "SELECT id, member, purpose, wants FROM grant_request WHERE state = 'new' ORDER BY at, id"
_CLOSE = "UPDATE grant_request SET state = ?, reason = ? WHERE id = ? AND state = 'new'"
_REFUSED = (
    "SELECT reason FROM grant_request WHERE member = ? AND state = 'refused'"
    " ORDER BY at DESC, id DESC LIMIT 1"
)
_REMOTE = "SELECT pocket, ref, amount, about FROM remote_right WHERE member = ?"
_FREQUENT = (
    "SELECT member FROM growth WHERE on_day >= ? AND spend >= 0"
    " GROUP BY member ORDER BY count(*) DESC, member LIMIT ?"
)
_TAKE = "UPDATE remote_right SET amount = amount - ? WHERE member = ? AND pocket = ? AND ref = ?"
_GONE = "DELETE FROM remote_right WHERE member = ? AND amount <= 0"
_GIVE = (
    "INSERT INTO remote_right (member, pocket, ref, amount, about) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (member, pocket, ref) DO UPDATE SET amount = amount + excluded.amount"
)


@dataclass(frozen=True, slots=True)
class Right:
    """So much of a lot's principal (P) or bonus (B), of points with one expiry, or one coupon.

    `about` tells what the lot or the coupon is, for a terminal that has not seen it before.
    """

    pocket: str
    ref: str
    amount: int
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """How long granted rights stay here, and whether they came in advance (`allowance`)."""

    purpose: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Want:
    """So much of one unit, and the least that helps."""

    unit: str
    want: int
    least: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A grant that was asked for; on file before it is sent."""

    id: UUID
    member: MemberId
    purpose: str
    wants: tuple[Want, ...]


def held(book: Statements, member: MemberId) -> tuple[Right, ...]:
    """Return what the member may spend here, oldest lots and nearest expiries first."""
    return _rights(book, _HELD, member)


def holders(book: Statements, *, after_seq: int) -> tuple[MemberId, ...]:
    """Return the members whose holdings moved after an event and are not empty."""
    return tuple(MemberId(UUID(bytes=row[0])) for row in book.execute(_HOLDERS, (after_seq,)))


def without_term(book: Statements) -> tuple[MemberId, ...]:
    """Return the members who hold something here that HQ did not grant for a time."""
    rows = book.execute(_WITHOUT_TERM).fetchall()
    return tuple(MemberId(UUID(bytes=row[0])) for row in rows)


def due(book: Statements, at: datetime) -> tuple[MemberId, ...]:
    """Return the members whose granted rights have outstayed their time."""
    return tuple(MemberId(UUID(bytes=row[0])) for row in book.execute(_DUE, (milliseconds(at),)))


def term_of(book: Statements, member: MemberId) -> Term | None:
    """Return how long granted rights of the member stay; None where nothing was granted."""
    row = book.execute(_TERM, (member.bytes,)).fetchone()
    return None if row is None else Term(row[0], moment(row[1]))


def ask(book: Statements, wish: Asked, at: datetime) -> None:
    """Put a grant on file, before it is sent."""
    wants = json.dumps([[one.unit, one.want, one.least] for one in wish.wants])
    row = (wish.id.bytes, wish.member.bytes, wish.purpose, wants, milliseconds(at))
    book.execute(_ASK, row)


def open_asks(book: Statements) -> tuple[Asked, ...]:
    """Return the grants that HQ has not answered, the oldest first."""
    return tuple(
        Asked(UUID(bytes=grant), MemberId(UUID(bytes=member)), purpose, _wants(wants))
        for grant, member, purpose, wants in book.execute(_OPEN)
    )


def purpose_of(book: Statements, grant: UUID) -> str | None:
    """Return what a grant was asked for; None where this terminal never asked."""
    asked = "SELECT purpose FROM grant_request WHERE id = ?"
    row = book.execute(asked, (grant.bytes,)).fetchone()
    return None if row is None else str(row[0])


def close_ask(book: Statements, grant: UUID, state: str, reason: str = "") -> bool:
    """Note HQ's final answer; False where this terminal had not asked, or had closed it."""
    return book.execute(_CLOSE, (state, reason, grant.bytes)).rowcount == 1


def last_refusal(book: Statements, member: MemberId) -> str:
    """Return HQ's reason when it last refused a grant to the member; nothing if it never did."""
    row = book.execute(_REFUSED, (member.bytes,)).fetchone()
    return "" if row is None else str(row[0])


def is_asked(book: Statements, member: MemberId) -> bool:
    """Say whether HQ still owes an answer about the member."""
    row = book.execute(
        "SELECT 1 FROM grant_request WHERE state = 'new' AND member = ? LIMIT 1", (member.bytes,)
    ).fetchone()
    return row is not None


def frequent(book: Statements, since: str, most: int) -> tuple[MemberId, ...]:
    """Return who bought here most often since a business day, the most frequent first."""
    rows = book.execute(_FREQUENT, (since, most))
    return tuple(MemberId(UUID(bytes=member)) for (member,) in rows)


def elsewhere(book: Statements, member: MemberId) -> tuple[Right, ...]:
    """Return what HQ last said the member holds free at HQ; shown and asked for, never spent."""
    return _rights(book, _REMOTE, member)


def came_here(book: Statements, member: MemberId, rights: Iterable[Right]) -> None:
    """Take what was granted out of what lies at HQ."""
    for one in rights:
        book.execute(_TAKE, (one.amount, member.bytes, one.pocket, one.ref))
    book.execute(_GONE, (member.bytes,))


def went_back(book: Statements, member: MemberId, rights: Iterable[Right]) -> None:
    """Add what was returned to what lies at HQ."""
    for one in rights:
        about = json.dumps(dict(one.about))
        book.execute(_GIVE, (member.bytes, one.pocket, one.ref, one.amount, about))


def _rights(book: Statements, asked: str, member: MemberId) -> tuple[Right, ...]:
    rows = book.execute(asked, (member.bytes,))
    return tuple(
        Right(pocket, ref, amount, json.loads(about)) for pocket, ref, amount, about in rows
    )


def _wants(text: str) -> tuple[Want, ...]:
    return tuple(Want(*one) for one in json.loads(text))
