"""What HQ last said of members and exceptions: shown with its age, never spent from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import milliseconds, moment

_KEEP = (
    "INSERT INTO remote_member (member, as_of, known_seq, spend, growth, elsewhere, pin, standing,"
    " owes, real_name, real_name_until, tier_notice) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (member) DO UPDATE SET as_of = excluded.as_of, known_seq = excluded.known_seq,"
    " spend = excluded.spend, growth = excluded.growth, elsewhere = excluded.elsewhere,"
    " pin = excluded.pin, standing = excluded.standing, owes = excluded.owes,"
    " real_name = excluded.real_name, real_name_until = excluded.real_name_until,"
    " tier_notice = excluded.tier_notice"
)
_RIGHTS = (
    "INSERT INTO remote_right (member, pocket, ref, amount, about)"
    " SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)"
)
_REMOTE = (
    "SELECT as_of, known_seq, spend, growth, elsewhere, pin, standing, owes, real_name,"
    " real_name_until, tier_notice FROM remote_member WHERE member = ?"
)
_MOVED = "SELECT 1 FROM journal WHERE member = ? AND seq > ? LIMIT 1"
_EXCEPTION = (
    "INSERT INTO hq_exception (id, feed_seq, open, body) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET feed_seq = excluded.feed_seq, open = excluded.open,"
    " body = excluded.body"
)


@dataclass(frozen=True, slots=True)
class Remote:
    """What HQ knew of a member, and how far it held this terminal's chain then.

    `elsewhere` is stored value, in fen, that other terminals held; `pin` is the tag of the verifier
    that HQ has, empty where they have not chosen a PIN; `standing` are tags and stage as told;
    `owes`, in fen, was spent early and is not settled; `real_name` is the event by which a
    document was shown, and until when that record is kept; `tier_notice` is the fall of the tier
    that is coming, as told.
    """

    as_of: datetime
    known_seq: int
    spend: int
    growth: int
    elsewhere: int = 0
    pin: str = ""
    standing: str = ""
    owes: int = 0
    real_name: str = ""
    real_name_until: str = ""
    tier_notice: str = ""


NOTHING_HEARD = Remote(moment(0), 0, 0, 0)


def keep_member(
    book: Statements,
    member: MemberId,
    remote: Remote,
    rights: Iterable[tuple[str, str, int, str]],
) -> None:
    """Replace what HQ last said of a member."""
    figures = (milliseconds(remote.as_of), remote.known_seq, remote.spend, remote.growth)
    also = (remote.elsewhere, remote.pin, remote.standing, remote.owes)
    names = (remote.real_name, remote.real_name_until, remote.tier_notice)
    book.execute(_KEEP, (member.bytes, *figures, *also, *names))
    book.execute("DELETE FROM remote_right WHERE member = ?", (member.bytes,))
    book.execute(_RIGHTS, (member.bytes, json.dumps(list(rights))))


def remote_of(book: Statements, member: MemberId) -> Remote | None:
    """Return what HQ last said of a member; None where it never did."""
    row = book.execute(_REMOTE, (member.bytes,)).fetchone()
    return None if row is None else Remote(moment(row[0]), *row[1:])


def moved_since(book: Statements, member: MemberId, seq: int) -> bool:
    """Say whether this terminal has written of the member after a place of its chain."""
    return book.execute(_MOVED, (member.bytes, seq)).fetchone() is not None


def keep_exception(book: Statements, known: UUID, seq: int, body: Mapping[str, Any]) -> None:
    """Keep the latest word on an exception."""
    still_open = int(body.get("state") == "open")
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    book.execute(_EXCEPTION, (known.bytes, seq, still_open, text))


def exceptions(book: Statements, most: int) -> tuple[Mapping[str, Any], ...]:
    """Return exceptions that concern this terminal, open ones first, then the latest."""
    rows = book.execute(
        "SELECT body FROM hq_exception ORDER BY open DESC, feed_seq DESC LIMIT ?", (most,)
    )
    return tuple(json.loads(body) for (body,) in rows)


def exception(book: Statements, known: UUID) -> Mapping[str, Any]:
    """Return the latest word on one exception, empty where HQ told of none."""
    asked = "SELECT body FROM hq_exception WHERE id = ?"
    row = book.execute(asked, (known.bytes,)).fetchone()
    return {} if row is None else dict(json.loads(row[0]))


def open_exceptions(book: Statements) -> int:
    """Return how many exceptions wait for somebody."""
    return int(book.execute("SELECT count(*) FROM hq_exception WHERE open = 1").fetchone()[0])
