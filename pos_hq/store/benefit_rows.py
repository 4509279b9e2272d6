"""What stores give by themselves: every version that HQ ever signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pos_app.ledger.rules.programme_store import StoreBenefits, parse_benefits
from pos_hq.store.benefit_tables import store_benefits as table
from pos_hq.store.bulk import fetch, fetch_of, insert_many
from pos_hq.store.database import Connection


class Kept(NamedTuple):
    """One version: whose, from when, and since when HQ has it."""

    version: str
    store: str
    effective_from: int
    added_at: int
    benefits: StoreBenefits


def add(
    book: Connection,
    benefits: StoreBenefits,
    document: bytes,
    signature: bytes,
    at: tuple[int, int],
) -> None:
    """Keep a version: from when it counts, and since when HQ has it."""
    row = (benefits.version, benefits.store, document, signature, *at)
    insert_many(book, table, [row], "ON CONFLICT (version) DO NOTHING")


def named(book: Connection, versions: Iterable[str]) -> dict[str, StoreBenefits]:
    """Return the benefits of these versions that HQ has."""
    asked = "SELECT version, document FROM store_benefits WHERE version IN {keys}"
    rows = fetch_of(book, asked, sorted(set(versions)))
    return {version: parse_benefits(bytes(document)) for version, document in rows}


def every(book: Connection, store: str) -> list[Kept]:
    """Return each version of a store, as they take effect."""
    asked = (
        "SELECT version, store, effective_from, added_at, document FROM store_benefits"
        " WHERE store = ? ORDER BY effective_from, added_at"
    )
    return [
        Kept(version, whose, begins, added, parse_benefits(bytes(document)))
        for version, whose, begins, added, document in fetch(book, asked, store)
    ]
