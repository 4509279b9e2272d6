"""The transfers that touched a member's holdings, signed as the member sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Kind, moment

_CHANGES = (
    "SELECT j.seq, j.at, j.kind, coalesce(json_extract(CAST(j.payload AS TEXT),"
    " '$.body.slip'), ''), a.pocket,"
    " CASE WHEN t.target = a.id THEN t.amount ELSE -t.amount END"
    " FROM journal j JOIN transfer t ON t.seq = j.seq JOIN account a ON a.id IN (t.source,"
    " t.target)"
    " WHERE j.member = ?1 AND a.member = ?1 AND a.pocket IN (?2, ?3) ORDER BY j.seq, t.n"
)


@dataclass(frozen=True, slots=True)
class Change:
    """One transfer into (positive) or out of a holding."""

    seq: int
    at: datetime
    kind: Kind
    slip: str
    pocket: str
    amount: int


def changes_of(book: Statements, member: MemberId, pockets: tuple[str, str]) -> Iterator[Change]:
    """Yield the member's changes of two pockets in the order of the chain."""
    for seq, at, kind, slip, pocket, amount in book.execute(_CHANGES, (member.bytes, *pockets)):
        yield Change(seq, moment(at), Kind(kind), slip, pocket, amount)
