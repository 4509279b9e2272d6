"""Opening and closing exceptions outside a batch, and telling the nodes that they concern."""

from __future__ import annotations

from collections.abc import Sequence

from pos_hq.fold.values import Case, CaseType
from pos_hq.store import case_rows, chain_rows, feed_rows
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told


def open_one(book: Connection, case: Case) -> None:
    """Put a case before a person, and tell its node."""
    case_rows.open_all(book, [case])
    publish(book, case_rows.told(case))


def quarantine(book: Connection, case: Case) -> None:
    """Apply nothing more of the case's node, until a person has looked.

    One that was shut out stays shut out.
    """
    assert case.node is not None, "somebody is suspected"
    open_one(book, case)
    if chain_rows.status_of(book, case.node) == "active":
        chain_rows.set_status(book, case.node, "quarantined")
        tell_status(book, case.node, "quarantined")


def settle(book: Connection, kind: CaseType, at: int, node: str | None = None) -> int:
    """Close the exceptions of a type whose cause is gone; return how many there were."""
    known = case_rows.open_of(book, kind, node)
    publish(book, case_rows.settle(book, known, at))
    return len(known)


def publish(book: Connection, told: Sequence[Told]) -> None:
    """Tell nodes something, where there is anything to tell."""
    if told:
        feed_rows.take_turn(book)
        feed_rows.tell(book, told)


def tell_status(book: Connection, node: str, status: str) -> None:
    """Tell a node how it stands with HQ."""
    publish(book, [status_told(node, status)])


def status_told(node: str, status: str) -> Told:
    """Return what a node is told of how it stands with HQ."""
    return Told("node", node, {"status": status}, node)
