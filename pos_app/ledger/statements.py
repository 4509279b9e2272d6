"""Statements: each change of a member's money and points, with what stood after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store import statement_rows
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.lots import LotLine, lots_everywhere, lots_on_file
from pos_app.ledger.store.statement_rows import Change
from pos_app.money import Money, Points


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One event's change of stored value and the balance after it, principal and bonus apart."""

    seq: int
    at: datetime
    kind: Kind
    slip: str
    principal: Money
    bonus: Money
    principal_after: Money
    bonus_after: Money


@dataclass(frozen=True, slots=True)
class PointsLine:
    """One event's change of points and the balance after it; a debt counts below zero."""

    seq: int
    at: datetime
    kind: Kind
    slip: str
    points: Points
    after: Points


def stored_value(ledger: Ledger, member: MemberId, limit: int = 100) -> tuple[ValueLine, ...]:
    """Return the stored-value statement, newest first.

    Each line is the sum of its event's transfers.
    """
    lines: list[ValueLine] = []
    principal = bonus = 0
    for changes in _by_event(statement_rows.changes_of(ledger.read(), member, ("P", "B"))):
        paid = sum(change.amount for change in changes if change.pocket == "P")
        given = sum(change.amount for change in changes if change.pocket == "B")
        principal, bonus = principal + paid, bonus + given
        sums = (Money(paid), Money(given), Money(principal), Money(bonus))
        lines.append(ValueLine(*_place(changes), *sums))
    return tuple(reversed(lines[-limit:]))


def points(ledger: Ledger, member: MemberId, limit: int = 100) -> tuple[PointsLine, ...]:
    """Return the points statement, newest first. Each line is the sum of its event's transfers."""
    lines: list[PointsLine] = []
    after = 0
    for changes in _by_event(statement_rows.changes_of(ledger.read(), member, ("PTS", "DEBT"))):
        moved = sum(change.amount for change in changes)
        after += moved
        lines.append(PointsLine(*_place(changes), Points(moved), Points(after)))
    return tuple(reversed(lines[-limit:]))


def lots(ledger: Ledger, member: MemberId) -> tuple[LotLine, ...]:
    """Return the member's lots, oldest first, with what is left of each.

    Online that counts what lies free at HQ, as the balance does.
    """
    read = lots_everywhere if ledger.online else lots_on_file
    return read(ledger.read(), member)


def _by_event(changes: Iterable[Change]) -> Iterable[list[Change]]:
    for _, group in groupby(changes, key=lambda change: change.seq):
        yield list(group)


def _place(changes: list[Change]) -> tuple[int, datetime, Kind, str]:
    first = changes[0]
    return first.seq, first.at, first.kind, first.slip
