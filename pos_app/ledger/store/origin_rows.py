"""The transfers behind a member's holdings, lot by lot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Kind, moment

_MOVES = (
    "SELECT a.pocket, a.lot, a.expires_on, j.seq, j.at, j.kind,"
    " CASE WHEN t.target = a.id THEN t.amount ELSE -t.amount END"
    " FROM journal j JOIN transfer t ON t.seq = j.seq JOIN account a ON a.id IN (t.source,"
    " t.target)"
    " WHERE j.member = ?1 AND a.member = ?1 ORDER BY j.seq, t.n"
)


@dataclass(frozen=True, slots=True)
class Move:
    """One transfer into (positive) or out of a holding: a lot, an expiry, a coupon, a debt."""

    pocket: str
    ref: str
    seq: int
    at: datetime
    kind: Kind
    amount: int


def moves_of(book: Statements, member: MemberId) -> Iterator[Move]:
    """Yield what moved in any of the member's holdings, in the order of the chain."""
    rows = book.execute(_MOVES, (member.bytes,))
    for pocket, lot, expires_on, seq, at, kind, amount in rows:
        ref = expires_on or ("" if lot is None else UUID(bytes=lot).hex)
        yield Move(pocket, ref, seq, moment(at), Kind(kind), amount)
