"""The stores of the chain."""

from __future__ import annotations

from pos_hq.store.bulk import fetch, run
from pos_hq.store.database import Connection


def add(book: Connection, code: str, name: str, at: int) -> bool:
    """Open a store; say whether its code was free."""
    told = "INSERT INTO store (code, name, opened_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    return run(book, told, code, name, at) == 1


def all_stores(book: Connection) -> list[tuple[str, str]]:
    """Return code and name of every store."""
    return [
        (code, name) for code, name in fetch(book, "SELECT code, name FROM store ORDER BY code")
    ]
