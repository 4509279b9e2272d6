"""Lots on file: what each top-up brought and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from pos_app.ids import LotId, MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import moment
from pos_app.ledger.store.right_rows import elsewhere
from pos_app.money import Money

_LOTS = (
    "SELECT l.id, l.at, l.paid, l.bonus,"
    " coalesce((SELECT b.amount FROM account a JOIN balance b ON b.account = a.id"
    "  WHERE a.member = l.member AND a.pocket = 'P' AND a.lot = l.id), 0),"
    " coalesce((SELECT b.amount FROM account a JOIN balance b ON b.account = a.id"
    "  WHERE a.member = l.member AND a.pocket = 'B' AND a.lot = l.id), 0)"
    " FROM lot l WHERE l.member = ? ORDER BY l.at, l.seq"
)


@dataclass(frozen=True, slots=True)
class LotLine:
    """One top-up and what is left of it, principal and bonus apart."""

    lot: LotId
    at: datetime
    paid: Money
    bonus: Money
    principal_left: Money
    bonus_left: Money


def has_topped_up(book: Statements, member: MemberId) -> bool:
    """Say whether the member ever topped up here."""
    return (
        book.execute("SELECT 1 FROM lot WHERE member = ? LIMIT 1", (member.bytes,)).fetchone()
        is not None
    )


def lots_on_file(book: Statements, member: MemberId) -> tuple[LotLine, ...]:
    """Return the member's lots, oldest first, emptied ones included."""
    return tuple(
        LotLine(LotId(UUID(bytes=lot)), moment(at), *(Money(amount) for amount in amounts))
        for lot, at, *amounts in book.execute(_LOTS, (member.bytes,))
    )


def lots_everywhere(book: Statements, member: MemberId) -> tuple[LotLine, ...]:
    """Return the member's lots, oldest first, with what is left of them here and free at HQ."""
    lines = {line.lot: line for line in lots_on_file(book, member)}
    for right in elsewhere(book, member):
        if right.pocket not in {"P", "B"}:
            continue
        lot, amount = LotId(UUID(right.ref)), Money(right.amount)
        if lot not in lines:
            about = right.about
            bought = (Money(about["paid"]), Money(about["bonus"]))
            lines[lot] = LotLine(lot, moment(about["at"]), *bought, Money(), Money())
        line = lines[lot]
        if right.pocket == "P":
            lines[lot] = replace(line, principal_left=line.principal_left + amount)
        else:
            lines[lot] = replace(line, bonus_left=line.bonus_left + amount)
    return tuple(sorted(lines.values(), key=lambda line: line.at))
