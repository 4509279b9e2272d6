"""Verifiers and wrong PINs as the ledger file holds them."""

from __future__ import annotations

from uuid import UUID

from pos_app.ids import MemberId
from pos_app.ledger.rules.lockout import Failures
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import moment
from pos_app.ledger.store.remote_rows import remote_of
from pos_app.security.peppers import tag_of

_FAILURES_MAX = 100
_PIN = "SELECT verifier, seq FROM pin WHERE member = ?"


def pin_of(reader: Statements, member: MemberId) -> str | None:
    """Return the verifier of a member's PIN."""
    row = reader.execute(_PIN, (member.bytes,)).fetchone()
    return None if row is None else str(row[0])


def has_pin(reader: Statements, member: MemberId) -> bool:
    """Say whether the member has chosen a PIN, here or, by what HQ said last, elsewhere."""
    remote = remote_of(reader, member)
    return pin_of(reader, member) is not None or (remote is not None and remote.pin != "")


def latest_pin_of(reader: Statements, member: MemberId) -> str | None:
    """Return the verifier of a member's PIN, unless HQ has said that they chose another since."""
    row = reader.execute(_PIN, (member.bytes,)).fetchone()
    if row is None:
        return None
    verifier, seq = str(row[0]), int(row[1])
    remote = remote_of(reader, member)
    if remote is None or remote.pin in {"", tag_of(verifier)} or remote.known_seq < seq:
        return verifier
    return None


def failures_of(reader: Statements, subject: UUID) -> Failures:
    """Return the wrong PINs of a member, or of an operator number, since the last reset."""
    newest_first = reader.execute(
        "SELECT at, cleared FROM failure WHERE subject = ? ORDER BY seq DESC LIMIT ?",
        (subject.bytes, _FAILURES_MAX),
    ).fetchall()
    in_a_row = sum(not cleared for _, cleared in newest_first)
    return Failures(tuple(moment(at) for at, _ in reversed(newest_first)), in_a_row)
