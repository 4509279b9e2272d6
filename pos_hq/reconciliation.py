"""The daily reconciliation: what each terminal closed with, against HQ's own transfers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from pos_app.ids import new_id
from pos_hq import cases, heads, tenders, watching
from pos_hq.fold import accounts
from pos_hq.fold.day import Cell, compared, figures_of, told_figures
from pos_hq.fold.fact import Fact, parse, read_fact
from pos_hq.fold.values import Case
from pos_hq.heads import Heads
from pos_hq.hq import Hq
from pos_hq.store import case_rows, checks, day_rows, programme_rows
from pos_hq.store.checks import Checked
from pos_hq.store.database import Connection
from pos_hq.tenders import Counted, TenderLine


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of the report; where the two sides differ, the exception that asks why."""

    cell: Cell
    exception: str | None


@dataclass(frozen=True, slots=True)
class NodeDay:
    """One terminal's business day; a terminal that has not closed has no figures, not zeros."""

    node: str
    epoch: int
    store: str
    terminal_name: str
    state: Literal["closed", "not_closed", "unreadable"]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A business day of all terminals, and whether HQ's own balances hold together."""

    day: date
    nodes: tuple[NodeDay, ...]
    balances: tuple[Checked, ...]
    heads: Heads
    tenders: tuple[TenderLine, ...] = ()

    @property
    def even(self) -> bool:
        """Say whether everybody has closed and nothing differs."""
        closed = all(node.state == "closed" for node in self.nodes)
        same = not any(line.cell.difference for node in self.nodes for line in node.lines)
        same = same and not any(line.difference for line in self.tenders)
        return closed and same and not any(one.fault for one in self.balances)


def reconcile(hq: Hq, day: date, counted: Counted | None = None) -> Report:
    """Compare a business day; what differs opens an exception, once however often it is run.

    `counted` is what was counted outside, by store and tender. Raises StoreUnknown.
    Terminals that were not heard for a day are asked about, and all are told the day's heads.
    """
    with hq.write() as book:
        watching.look(hq, book)
        nodes = tuple(_nodes(hq, book, day))
        whole = [one for one in checks.QUESTIONS if one.check in {"balances", "conservation"}]
        proved = tuple(checks.ask(book, one) for one in whole)
        outer = tenders.compare(hq, book, day, counted or {})
        return Report(day, nodes, proved, heads.tell_within(hq, book, day), outer)


def _nodes(hq: Hq, book: Connection, day: date) -> Iterator[NodeDay]:
    for node, epoch, store, name in day_rows.nodes(book, day.isoformat(), _end(hq, book, day)):
        found = _close(book, bytes(node), epoch, day)
        named = (bytes(node).hex(), epoch, store, name)
        if found is None:
            yield NodeDay(*named, "not_closed")
            continue
        told = _told(found)
        if told is None:
            yield NodeDay(*named, "unreadable")
            continue
        ours = _ours(book, bytes(node), epoch, day, found.seq - 1)
        lines = (_line(hq, book, named, found.seq, day, cell) for cell in compared(told, ours))
        yield NodeDay(*named, "closed", tuple(lines))


def _end(hq: Hq, book: Connection, day: date) -> int:
    rules = programme_rows.in_force(book, hq.now_ms())
    end = datetime.combine(day + timedelta(days=1), rules.cutover, rules.zone)
    return int(end.timestamp() * 1000)


def _close(book: Connection, node: bytes, epoch: int, day: date) -> Fact | None:
    """Return the latest close of a business day."""
    for seq, payload in day_rows.closes(book, node, epoch, day.isoformat()):
        value = parse(payload)
        fact = read_fact(seq, payload, b"", b"", value)
        if fact.body.get("day") == day.isoformat():
            return fact
    return None


def _told(close: Fact) -> dict[tuple[str, str, str], int] | None:
    try:
        return told_figures(close.body["classes"])
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _ours(
    book: Connection, node: bytes, epoch: int, day: date, last: int
) -> dict[tuple[str, str, str], int]:
    """Return the same figures from HQ's transfers.

    What HQ booked when it granted is counted when the terminal received it.
    """
    at, today = accounts.place(node.hex(), epoch), day.isoformat()
    moves = [tuple(row) for row in day_rows.day_moves(book, node, epoch, today, last)]
    totals = [tuple(row) for row in day_rows.all_moves(book, node, epoch, last)]
    for received_on, payload in day_rows.receipts(book, node, epoch, last):
        for source, target, unit, amount in _received(payload, at):
            totals += [(source, unit, -amount), (target, unit, amount)]
            if received_on == today:
                moves.append((source, target, unit, amount))
    return figures_of(moves, totals)


def _received(payload: bytes, at: str) -> Iterator[tuple[str, str, str, int]]:
    for move in read_fact(0, payload, b"", b"").moves:
        target = accounts.here(move.target, move.unit, at)
        if move.source == accounts.HQ_SIDE and target is not None:
            yield accounts.HQ_SIDE, target, move.unit, move.amount


def _line(
    hq: Hq, book: Connection, named: tuple[str, int, str, str], seq: int, day: date, cell: Cell
) -> Line:
    if not cell.difference:
        return Line(cell, None)
    account = f"{day.isoformat()}:{cell.account}:{cell.unit}:{cell.figure}"
    known = case_rows.about(book, named[0], "DAY_DIFF", account)
    if known is not None:
        return Line(cell, known)
    what = "count" if cell.figure == "count" else "sum"
    sides: dict[str, Any] = {"here": {what: cell.hq}, "there": {what: cell.terminal}}
    place = (named[0], named[1], seq, None)
    case = Case(
        new_id().hex,
        "DAY_DIFF",
        *place,
        opened_at=hq.now_ms(),
        account=account,
        unit=cell.unit,
        amount=abs(cell.difference),
        **sides,
    )
    cases.open_one(book, case)
    return Line(cell, case.id)
