"""What dead epochs held when HQ gave it out again, and how much of that came home."""

from __future__ import annotations

from collections.abc import Sequence

from pos_hq.fold.values import Released
from pos_hq.store.bulk import fetch_of
from pos_hq.store.database import Connection


def load(book: Connection, accounts: Sequence[str]) -> dict[tuple[str, str], Released]:
    """Return what was given out again of these holdings."""
    asked = "SELECT account, unit, amount, returned FROM released WHERE account IN {keys}"
    return {
        (account, unit): Released(amount, returned)
        for account, unit, amount, returned in fetch_of(book, asked, sorted(set(accounts)))
    }
