"""Messages to members: what waits, what was sent, and what was dropped and why."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pos_hq.fold.values import Message
from pos_hq.store.bulk import fetch, fetch_of, insert_many, run
from pos_hq.store.database import Connection
from pos_hq.store.job_tables import message as table

_SELECT = "SELECT id, member, kind, facts, channel, made_at, state, reason FROM message"


@dataclass(frozen=True, slots=True)
class Kept:
    """A message and what has become of it."""

    message: Message
    state: str
    reason: str


def leave(book: Connection, messages: Iterable[Message]) -> None:
    """Leave messages, to be sent later."""
    rows = [
        (
            *(bytes.fromhex(one.id), bytes.fromhex(one.member), one.kind, json.dumps(one.facts)),
            *(one.channel, "waiting", "", one.made_at, None),
        )
        for one in messages
    ]
    insert_many(book, table, rows)


def waiting(book: Connection, limit: int) -> list[Message]:
    """Return what is to be sent, oldest first."""
    asked = f"{_SELECT} WHERE state = 'waiting' ORDER BY made_at, id LIMIT ?"
    return [_kept(row).message for row in fetch(book, asked, limit)]


def latest(book: Connection, limit: int) -> list[Kept]:
    """Return the latest messages, the newest first."""
    asked = f"{_SELECT} ORDER BY made_at DESC, id DESC LIMIT ?"
    return [_kept(row) for row in fetch(book, asked, limit)]


def settle(book: Connection, message: str, state: str, reason: str, at: int) -> None:
    """Note that a waiting message was sent, or dropped and why."""
    told = (
        "UPDATE message SET state = ?, reason = ?, sent_at = ? WHERE id = ? AND state = 'waiting'"
    )
    run(book, told, state, reason, at, bytes.fromhex(message))


def sent_to(
    book: Connection, members: Sequence[str], kinds: Iterable[str], since: int
) -> dict[str, list[int]]:
    """Return when members were sent messages of some kinds."""
    wanted, found = set(kinds), defaultdict[str, list[int]](list)
    asked = (
        "SELECT member, kind, sent_at FROM message WHERE member IN {keys} AND state = 'sent'"
        " AND sent_at >= ?"
    )
    ids = [bytes.fromhex(one) for one in members]
    for member, kind, sent_at in fetch_of(book, asked, ids, since):
        if kind in wanted:
            found[bytes(member).hex()].append(int(sent_at))
    return found


def _kept(row: Any) -> Kept:  # noqa: ANN401 -- a row is whatever its SQL says
    identity, member, kind, facts, channel, made_at, state, reason = row
    told = (bytes(identity).hex(), bytes(member).hex(), kind, json.loads(facts), made_at, channel)
    return Kept(Message(*told), state, reason)
