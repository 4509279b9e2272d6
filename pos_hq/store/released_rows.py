"""What dead epochs held when HQ gave it out again, and how much of that came home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos_hq.fold.values import Released
from pos_hq.store.bulk import fetch_of
from pos_hq.store.database import Connection


def load(book: Connection, accounts: Sequence[str]) -> dict[tuple[str, str], Released]:
    """Return what was given out again of these holdings."""
    asked = "SELECT account, unit, amount, returned FROM released WHERE account IN {keys}"
    return _released(fetch_of(book, asked, sorted(set(accounts))))


def awaited_of(book: Connection, members: Sequence[bytes]) -> dict[tuple[str, str], Released]:
    """Return what was given to these members again and has not come home."""
    asked = (
        "SELECT r.account, r.unit, r.amount, r.returned FROM released r JOIN balance b"
        " ON b.account = r.account AND b.unit = r.unit"
        " WHERE b.member IN {keys} AND r.amount > r.returned"
    )
    return _released(fetch_of(book, asked, members))


def _released(rows: Sequence[Any]) -> dict[tuple[str, str], Released]:
    return {(account, unit): Released(amount, returned) for account, unit, amount, returned in rows}
