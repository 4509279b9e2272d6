"""Statements: each change of a member's money and points, with what stood after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from pos_app.clock import business_date
from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_profile import profile
from pos_app.ledger.store import statement_rows
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.journal import event_at
from pos_app.ledger.store.link_rows import head_seq
from pos_app.ledger.store.lots import LotLine, lots_everywhere, lots_on_file
from pos_app.ledger.store.remote_rows import remote_of
from pos_app.ledger.store.statement_rows import Change
from pos_app.money import Money, Points

_ALL = 1 << 31


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


@dataclass(frozen=True, slots=True)
class Period:
    """The business days of a statement, the last one included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Statement:
    """A member's stored value over some days, for paper: masked, and with its place in the book.

    `in_chain`: other tills may have moved more; only HQ knows of that.
    """

    shop: str
    terminal: str
    made_at: datetime
    name: str
    phone: str
    tier: str
    period: Period
    principal_before: Money
    bonus_before: Money
    lines: tuple[ValueLine, ...]
    place: tuple[str, int, int, str]
    in_chain: bool

    @property
    def after(self) -> tuple[Money, Money]:
        """Return principal and bonus at the end."""
        if not self.lines:
            return self.principal_before, self.bonus_before
        return self.lines[-1].principal_after, self.lines[-1].bonus_after


def statement_of(ledger: Ledger, member: MemberId, period: Period) -> Statement:
    """Return what moved a member's stored value here on these days, oldest first.

    Raises MemberUnknown.
    """
    known, node = profile(ledger, member), ledger.node
    lines = tuple(reversed(stored_value(ledger, member, limit=_ALL)))
    zone, cutover = ledger.programme.zone, ledger.programme.cutover
    days = [business_date(line.at, zone=zone, cutover=cutover) for line in lines]
    before = [line for line, day in zip(lines, days, strict=True) if day < period.first]
    within = zip(lines, days, strict=True)
    seq = head_seq(ledger.read())
    head = event_at(ledger.read(), seq)
    return Statement(
        shop=node.store_name,
        terminal=node.terminal_name,
        made_at=ledger.now(),
        name=known.masked_name,
        phone=known.masked_phone,
        tier=known.tier_name,
        period=period,
        principal_before=before[-1].principal_after if before else Money(),
        bonus_before=before[-1].bonus_after if before else Money(),
        lines=tuple(line for line, day in within if period.first <= day <= period.last),
        place=(node.id.hex, node.epoch, seq, "" if head is None else head.hash.hex()),
        in_chain=remote_of(ledger.read(), member) is not None,
    )


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
