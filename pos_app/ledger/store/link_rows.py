"""The link to HQ on file: how far it holds the chain, and what it said last."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import milliseconds, moment
from pos_app.security.chain import NO_HASH

_STATE = (
    "SELECT n.acked_seq, n.acked_hash, n.feed_cursor, n.hq_incarnation, l.key, l.hq_time,"
    " l.heard_at, l.frozen FROM node_state n LEFT JOIN hq_link l ON l.id = 1"
)
_UNSENT = "SELECT payload, sig FROM journal WHERE seq > ? ORDER BY seq LIMIT ?"
_SIDECARS = (
    "SELECT s.event_id, s.salt, s.data FROM journal j JOIN sidecar s ON s.event_id = j.event_id"
    " WHERE j.seq > ? AND j.seq <= ? ORDER BY j.seq"
)
_ACK = "UPDATE node_state SET acked_seq = ?, acked_hash = ? WHERE acked_seq <= ?"
_MOVED = (
    "SELECT CASE WHEN h.pocket IN ('P', 'B') THEN 'CNY' ELSE h.pocket END, sum(m.amount) FROM ("
    " SELECT target AS account, amount FROM transfer WHERE seq > ?1 AND seq <= ?2"
    " UNION ALL SELECT source, -amount FROM transfer WHERE seq > ?1 AND seq <= ?2) m"
    " JOIN account h ON h.id = m.account WHERE h.pocket NOT IN ('', 'DEBT') GROUP BY 1"
)


@dataclass(frozen=True, slots=True)
class LinkState:
    """How this terminal stands with HQ; `key` is None for a terminal without one."""

    acked_seq: int
    acked_hash: bytes
    cursor: int
    incarnation: int
    key: bytes | None
    hq_time: datetime | None
    heard_at: datetime | None
    frozen: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """HQ's signed word that it holds the chain as far as this place."""

    seq: int
    hash: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Unsent:
    """One event as it is sent."""

    payload: bytes
    signature: bytes


def state(book: Statements) -> LinkState:
    """Return how this terminal stands with HQ."""
    seq, digest, cursor, incarnation, key, told, heard, frozen = book.execute(_STATE).fetchone()
    return LinkState(
        seq, digest, cursor, incarnation, key, _moment(told), _moment(heard), frozen or ""
    )


def join(book: Statements, key: bytes, incarnation: int, at: datetime) -> None:
    """Belong to the HQ of this key from now on."""
    stamp = milliseconds(at)
    book.execute(
        "INSERT INTO hq_link (id, key, acked_sig, totals, hq_time, heard_at, frozen, turn)"
        " VALUES (1, ?, x'', '{}', ?, ?, '', 0)",
        (key, stamp, stamp),
    )
    book.execute("UPDATE node_state SET hq_incarnation = ?", (incarnation,))


def restart(book: Statements, incarnation: int) -> None:
    """Begin to send and to read anew: HQ was restored and may have lost what it acknowledged."""
    book.execute(
        "UPDATE node_state SET acked_seq = 0, acked_hash = ?, feed_cursor = 0, hq_incarnation = ?",
        (NO_HASH, incarnation),
    )
    book.execute("UPDATE hq_link SET totals = '{}', snapshot_after = NULL, snapshot_since = NULL")


def heard(book: Statements, hq_time: datetime, at: datetime) -> None:
    """Note what HQ's clock said, and what this terminal's said then."""
    stamps = (milliseconds(hq_time), milliseconds(at))
    book.execute("UPDATE hq_link SET hq_time = max(hq_time, ?), heard_at = ?", stamps)


def freeze(book: Statements, cause: str) -> None:
    """Stop the spending of rights until the cause is cleared; an empty cause clears it."""
    book.execute("UPDATE hq_link SET frozen = ?", (cause,))


def unsent(book: Statements, after: int, most: int) -> list[Unsent]:
    """Return the events after a place, in order."""
    return [Unsent(*row) for row in book.execute(_UNSENT, (after, most))]


def sidecars(book: Statements, after: int, until: int) -> list[Any]:
    """Return the personal data beside events after one place and up to another."""
    return book.execute(_SIDECARS, (after, until)).fetchall()


def head_seq(book: Statements) -> int:
    """Return where the chain ends."""
    return int(book.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])


def hash_at(book: Statements, seq: int) -> bytes | None:
    """Return the hash at a place of the chain; of place 0 it is 32 zero bytes."""
    if seq == 0:
        return NO_HASH
    row = book.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    return None if row is None else bytes(row[0])


def acknowledge(book: Statements, word: Acknowledged) -> dict[str, int]:
    """Move the mark of what HQ holds; it never moves back.

    Return the sums of this terminal's holdings at the mark, by class of unit: CNY, PTS, CPN.
    """
    (before,) = book.execute("SELECT acked_seq FROM node_state").fetchone()
    sums = Counter(totals(book))
    for unit, moved in book.execute(_MOVED, (before, word.seq)):
        sums[unit] += moved
    book.execute(_ACK, (word.seq, word.hash, word.seq))
    kept = (word.signature, json.dumps(sums))
    book.execute("UPDATE hq_link SET acked_sig = ?, totals = ?", kept)
    return dict(sums)


def totals(book: Statements) -> dict[str, int]:
    """Return the sums of this terminal's holdings at the mark, by class of unit."""
    (text,) = book.execute("SELECT totals FROM hq_link").fetchone()
    return dict(json.loads(text))


def waiting(book: Statements) -> tuple[int, int | None]:
    """Return how many events wait, and the moment of the oldest in milliseconds."""
    row = book.execute(
        "SELECT count(*), min(at) FROM journal WHERE seq > (SELECT acked_seq FROM node_state)"
    ).fetchone()
    return int(row[0]), row[1]


def _moment(stamp: int | None) -> datetime | None:
    return None if stamp is None else moment(stamp)
