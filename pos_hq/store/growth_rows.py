"""What counts towards the tier of a member, order by order, over all terminals."""

from __future__ import annotations

from typing import NamedTuple

from pos_hq.store.bulk import fetch
from pos_hq.store.database import Connection

_COUNTED = (
    "SELECT g.node, g.epoch, g.seq, e.event_id, e.kind, g.on_day, g.spend, g.growth FROM growth g"
    " LEFT JOIN event e ON e.node = g.node AND e.epoch = g.epoch AND e.seq = g.seq"
    " WHERE g.member = ? AND g.on_day > ? ORDER BY g.on_day DESC, g.node, g.epoch, g.seq DESC"
)


class Counted(NamedTuple):
    """An order, or below zero a return."""

    node: str
    epoch: int
    seq: int
    event: str | None
    kind: str
    on: str
    spend: int
    growth: int


def counted(book: Connection, member: str, after: str) -> list[Counted]:
    """Return what counts after a day, the latest first."""
    return [
        Counted(
            bytes(node).hex(),
            epoch,
            seq,
            None if event is None else bytes(event).hex(),
            kind or "",
            *figures,
        )
        for node, epoch, seq, event, kind, *figures in fetch(
            book, _COUNTED, bytes.fromhex(member), after
        )
    ]
