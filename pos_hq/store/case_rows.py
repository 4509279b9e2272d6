"""Exceptions as they were opened and resolved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pos_hq.fold.case_kinds import SETTLED, completed, view_of
from pos_hq.fold.values import Case, CaseType
from pos_hq.store.bulk import fetch, fetch_of, insert_many, locked, run
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told, of_store
from pos_hq.store.told_tables import exception as table

_COLUMNS = ", ".join(column.name for column in table.columns)
_SELECT = f"SELECT {_COLUMNS} FROM exception"  # noqa: S608 -- ours


def open_all(book: Connection, cases: Iterable[Case]) -> None:
    """Write new exceptions down."""
    insert_many(book, table, [_row(completed(case)) for case in cases])


def _row(case: Case) -> tuple[Any, ...]:
    place = (_bytes(case.node), case.epoch, case.seq, _bytes(case.member))
    figures = (case.account, case.unit, case.amount, case.suspense)
    sides = (json.dumps(case.here), json.dumps(case.there), case.proposal, case.who)
    stands = ("open", case.opened_at, None)
    return (bytes.fromhex(case.id), case.type, *place, *figures, *sides, *stands)


def _bytes(identity: str | None) -> bytes | None:
    return None if identity is None else bytes.fromhex(identity)


@dataclass(frozen=True, slots=True)
class Kept:
    """An exception as it is kept, with how it was resolved."""

    case: Case
    state: str
    resolution: dict[str, object] | None


def told(
    case: Case, state: str = "open", resolution: Mapping[str, object] | None = None
) -> list[Told]:
    """Return what the node or the store of an exception is told of it, where it concerns one."""
    scope = case.node or (case.store and of_store(case.store))
    if not scope:
        return []
    body = view_of(case, state, resolution).model_dump(mode="json")
    return [Told("exception", case.id, body, scope)]


def of_node(book: Connection, node: str, store: str, limit: int) -> list[Kept]:
    """Return the exceptions of a node and of its store, newest first."""
    asked = f"{_SELECT} WHERE node = ? OR node IS NULL ORDER BY opened_at DESC, id DESC"
    found = (_kept(row) for row in fetch(book, asked, bytes.fromhex(node)))
    theirs = (one for one in found if one.case.node == node or one.case.store == store)
    return list(islice(theirs, limit))


def open_ones(book: Connection) -> list[Kept]:
    """Return every open exception, oldest first."""
    asked = f"{_SELECT} WHERE state = 'open' ORDER BY opened_at, id"
    return [_kept(row) for row in fetch(book, asked)]


def find(book: Connection, case: str) -> Kept | None:
    """Return one exception, locked until the transaction ends."""
    rows = fetch(book, locked(book, f"{_SELECT} WHERE id = ?"), bytes.fromhex(case))
    return _kept(rows[0]) if rows else None


def peek(book: Connection, case: str) -> Kept | None:
    """Return one exception without locking it."""
    rows = fetch(book, f"{_SELECT} WHERE id = ?", bytes.fromhex(case))
    return _kept(rows[0]) if rows else None


def resolve(book: Connection, case: str, resolution: dict[str, object]) -> None:
    """Write down how an exception was resolved."""
    told = "UPDATE exception SET state = 'resolved', resolution = ? WHERE id = ?"
    run(book, told, json.dumps(resolution), bytes.fromhex(case))


def hand_over(book: Connection, case: Case, said: dict[str, object]) -> None:
    """Write down what a store said of an exception, and who acts now; it stays open."""
    told = "UPDATE exception SET who = ?, resolution = ? WHERE id = ?"
    run(book, told, case.who, json.dumps(said), bytes.fromhex(case.id))


def open_of(book: Connection, kind: CaseType, node: str | None = None) -> list[Kept]:
    """Return the open exceptions of a type, of one node or of all, locked until the end."""
    asked = f"{_SELECT} WHERE state = 'open' AND type = ?"
    if node is None:
        return [_kept(row) for row in fetch(book, locked(book, asked), kind)]
    named = locked(book, f"{asked} AND node = ?")
    return [_kept(row) for row in fetch(book, named, kind, bytes.fromhex(node))]


def of_account(book: Connection, kind: CaseType, account: str) -> list[Kept]:
    """Return the exceptions of a type about an account, the latest first, locked until the end."""
    asked = f"{_SELECT} WHERE type = ? AND account = ? ORDER BY opened_at DESC, id DESC"
    return [_kept(row) for row in fetch(book, locked(book, asked), kind, account)]


def open_about(book: Connection, kind: CaseType, accounts: Sequence[str]) -> list[Kept]:
    """Return the open exceptions of a type about some accounts, locked until the end."""
    asked = f"{_SELECT} WHERE account IN {{keys}} AND type = ? AND state = 'open'"
    return [_kept(row) for row in fetch_of(book, locked(book, asked), accounts, kind)]


def settle(book: Connection, cases: Iterable[Kept], at: int, by: str = "HQ") -> list[Told]:
    """Close exceptions whose cause is gone, and return what their nodes are told."""
    resolution: dict[str, object] = {"by": by, "decision": SETTLED, "note": "", "at": at}
    closed: list[Told] = []
    for kept in cases:
        resolve(book, kept.case.id, resolution)
        closed += told(kept.case, "resolved", resolution)
    return closed


def _kept(row: Any) -> Kept:  # noqa: ANN401 -- a row is whatever its SQL says
    told = dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it
    state, resolution = told.pop("state"), told.pop("resolution")
    for name in ("id", "node", "member"):
        told[name] = None if told[name] is None else bytes(told[name]).hex()
    for name in ("here", "there"):
        told[name] = json.loads(told[name])
    return Kept(Case(**told), state, None if resolution is None else json.loads(resolution))


def about(book: Connection, node: str, kind: CaseType, account: str) -> str | None:
    """Return the exception of a node that already asks about this."""
    asked = "SELECT id FROM exception WHERE node = ? AND type = ? AND account = ?"
    rows = fetch(book, asked, bytes.fromhex(node), kind, account)
    return bytes(rows[0][0]).hex() if rows else None
