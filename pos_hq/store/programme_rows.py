"""The programmes: every version that HQ ever signed, and which one rules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_app.ledger.rules.programme_store import merged
from pos_hq.store import benefit_rows, tables
from pos_hq.store.bulk import fetch, fetch_of, insert_many
from pos_hq.store.database import Connection


def add(
    book: Connection, version: str, document: bytes, signature: bytes, at: tuple[int, int]
) -> None:
    """Keep a version: from when it rules, and since when HQ has it."""
    row = (version, document, signature, *at)
    insert_many(book, tables.programme, [row], "ON CONFLICT (version) DO NOTHING")


def named(book: Connection, versions: Iterable[str]) -> dict[str, Programme]:
    """Return the programmes of these versions that HQ has, with what a store adds to one."""
    parts = {version: version.partition("+")[::2] for version in versions}
    asked = "SELECT version, document FROM programme WHERE version IN {keys}"
    rows = fetch_of(book, asked, sorted({base for base, _own in parts.values()}))
    known = {version: _parsed(bytes(document)) for version, document in rows}
    own = benefit_rows.named(book, [mark for _base, mark in parts.values() if mark])
    return {
        version: merged(known[base], own.get(mark))
        for version, (base, mark) in parts.items()
        if base in known and (not mark or mark in own)
    }


def in_force(book: Connection, at: int) -> Programme:
    """Return the programme that took effect last; the first known when all lie ahead."""
    asked = (
        "SELECT document FROM programme WHERE effective_from <= ?"
        " ORDER BY effective_from DESC, added_at DESC LIMIT 1"
    )
    ahead = "SELECT document FROM programme ORDER BY effective_from, added_at LIMIT 1"
    rows = fetch(book, asked, at) or fetch(book, ahead)
    return _parsed(bytes(rows[0][0]))


def every(book: Connection) -> list[tuple[str, int, int]]:
    """Return each version, from when it rules and since when HQ has it, as they take effect."""
    asked = (
        "SELECT version, effective_from, added_at FROM programme ORDER BY effective_from, added_at"
    )
    return [(version, begins, added) for version, begins, added in fetch(book, asked)]


def document(book: Connection, version: str) -> bytes | None:
    """Return a programme as it was signed."""
    rows = fetch(book, "SELECT document FROM programme WHERE version = ?", version)
    return bytes(rows[0][0]) if rows else None


@lru_cache(maxsize=64)
def _parsed(document: bytes) -> Programme:
    return parse_programme(document)


def reach(book: Connection) -> tuple[int, int]:
    """Return how many terminals are not revoked, and how many members each may get to know."""
    ((terminals, members),) = fetch(
        book,
        "SELECT (SELECT count(*) FROM node WHERE status <> 'revoked'),"
        " (SELECT count(*) FROM member WHERE merged_into IS NULL)",
    )
    return int(terminals), int(members)
