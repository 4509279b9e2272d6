"""What counts towards a member's tier, order by order, as this terminal wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Kind
from pos_app.money import Growth, Money

# What HQ has counted stands in the window of the day on which it did.
_COUNTED = (
    "SELECT g.seq, g.on_day, j.kind, g.spend, g.growth FROM growth g JOIN journal j ON"
    " j.seq = g.seq WHERE g.member = ?1 AND ((g.seq <= ?2 AND g.on_day > ?3)"
    " OR (g.seq > ?2 AND g.on_day > ?4)) ORDER BY g.seq DESC"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """An order, or below zero a return on the day of its sale; `seq` opens it in the journal."""

    seq: int
    on: date
    kind: Kind
    spend: Money
    growth: Growth


def counted(
    reader: Statements, member: MemberId, known_seq: int, known_after: date, after: date
) -> tuple[Counted, ...]:
    """Return what counts: up to `known_seq` after one day, from there on after another."""
    days = (known_after.isoformat(), after.isoformat())
    rows = reader.execute(_COUNTED, (member.bytes, known_seq, *days))
    return tuple(
        Counted(seq, date.fromisoformat(on), Kind(kind), Money(spend), Growth(growth))
        for seq, on, kind, spend, growth in rows
    )
