"""Keeping watch: terminals that nobody has heard for a day."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ids import new_id
from pos_hq import cases
from pos_hq.fold.accounts import place
from pos_hq.fold.values import Case
from pos_hq.hq import Hq
from pos_hq.store import case_rows, enrolling
from pos_hq.store.database import Connection
from pos_hq.store.enrolling import NodeRow

STALE_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Stale:
    """A terminal that HQ has not heard for a day; `seen_at` None: never since it was enrolled."""

    node: str
    epoch: int
    store: str
    terminal_name: str
    seen_at: int | None


def watch(hq: Hq) -> tuple[Stale, ...]:
    """Ask about every terminal that is silent for more than a day, once until it is heard again.

    Return all of them. The exception closes by itself with the terminal's next session.
    """
    with hq.write() as book:
        return look(hq, book)


def look(hq: Hq, book: Connection) -> tuple[Stale, ...]:
    """Do the same as a part of something else."""
    enrolling.one_at_a_time(book)
    now = hq.now_ms()
    silent = enrolling.silent_since(book, now - STALE_MS)
    asked = {kept.case.node for kept in case_rows.open_of(book, "STALE_NODE")}
    for row in silent:
        if row.id.hex not in asked:
            _ask(book, row, now)
    return tuple(
        Stale(row.id.hex, row.epoch, row.store, row.terminal_name, row.seen_at) for row in silent
    )


def _ask(book: Connection, row: NodeRow, now: int) -> None:
    held = enrolling.holdings(book, place(row.id.hex, row.epoch))
    here = {"last_seen": row.seen_at, "held": held}
    cases.open_one(
        book, Case(new_id().hex, "STALE_NODE", row.id.hex, row.epoch, None, None, now, here=here)
    )
