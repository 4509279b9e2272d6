"""Members as they stand in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pos_hq.fold.values import Member
from pos_hq.store.bulk import fetch, fetch_of, insert_many, locked, run, upsert
from pos_hq.store.database import Connection
from pos_hq.store.tables import member as table

_COLUMNS = ", ".join(column.name for column in table.columns)
_LAY_OVER = upsert(table, "id")
# Whoever may make a member waits here, so that one phone never makes two.
_REGISTERING = 0x6D656D62


def load(book: Connection, members: Sequence[str]) -> list[Member]:
    """Return members, locked in one order until the transaction ends."""
    asked = f"SELECT {_COLUMNS} FROM member WHERE id IN {{keys}} ORDER BY id"  # noqa: S608 -- ours
    ids = sorted(bytes.fromhex(one) for one in members)
    return [_member(row) for row in fetch_of(book, locked(book, asked), ids)]


def canonical_of(book: Connection, members: Sequence[str]) -> set[str]:
    """Return into whom these members have been merged."""
    asked = "SELECT merged_into FROM member WHERE id IN {keys} AND merged_into IS NOT NULL"
    rows = fetch_of(book, asked, _ids(members))
    return {bytes(row[0]).hex() for row in rows}


def merged_into(book: Connection, *members: str) -> set[str]:
    """Return who has been merged into these members."""
    asked = "SELECT id FROM member WHERE merged_into IN {keys}"
    return {bytes(row[0]).hex() for row in fetch_of(book, asked, _ids(members))}


def move_growth(book: Connection, source: str, target: str) -> None:
    """Let one member's orders and deeds, and what they count for, be another's."""
    for told in ("growth", "sale", "behaviour"):
        changed = f"UPDATE {told} SET member = ? WHERE member = ?"  # noqa: S608 -- ours
        run(book, changed, bytes.fromhex(target), bytes.fromhex(source))


def owners(book: Connection, field: str, values: Sequence[str]) -> set[str]:
    """Return who has these phones, or these cards."""
    assert field in {"phone", "card"}, "only these belong to one member"
    rows = fetch_of(book, f"SELECT id FROM member WHERE {field} IN {{keys}}", values)  # noqa: S608 -- ours
    return {bytes(row[0]).hex() for row in rows}


def registering(book: Connection) -> None:
    """Wait until nobody else makes members."""
    if book.dialect.name == "postgresql":
        book.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_REGISTERING,))


def empty_unique(book: Connection, members: Sequence[str]) -> None:
    """Let go of phones and cards before anybody else takes them; `save` writes what stays."""
    for one in members:
        run(book, "UPDATE member SET phone = NULL, card = NULL WHERE id = ?", bytes.fromhex(one))


def save(book: Connection, members: Iterable[Member]) -> None:
    """Write members down."""
    rows = [_row(one) for one in members]
    insert_many(book, table, rows, _LAY_OVER)


def _member(row: Any) -> Member:  # noqa: ANN401 -- a row is whatever its SQL says
    told = dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it
    for name in ("id", "tier_source", "referrer", "merged_into"):
        told[name] = None if told[name] is None else bytes(told[name]).hex()
    told["versions"] = {
        field: (int(version), str(node), int(heard))
        for field, (version, node, heard) in json.loads(told["versions"]).items()
    }
    return Member(**told)


def _row(one: Member) -> tuple[Any, ...]:
    return (
        bytes.fromhex(one.id), one.number, one.phone, one.name, one.gender, one.birthday,
        one.lunar, one.status, one.status_reason, one.tier, one.tier_since,
        one.tier_protected_until, _bytes(one.tier_source), one.tier_before, one.joined_on,
        one.card, _bytes(one.referrer), one.note, one.consent_terms, one.consent_marketing,
        one.last_visit, one.visits, _bytes(one.merged_into), one.version,
        json.dumps(one.versions), one.pin, one.tier_manual, one.tier_notice,
    )  # fmt: skip


def _bytes(identity: str | None) -> bytes | None:
    return None if identity is None else bytes.fromhex(identity)


def pin_of(book: Connection, member: str) -> str:
    """Return the verifier of a member's PIN, empty where they have none."""
    rows = fetch(book, "SELECT pin FROM member WHERE id = ?", bytes.fromhex(member))
    return str(rows[0][0]) if rows else ""


def peek(book: Connection, members: Sequence[str]) -> list[Member]:
    """Return members without locking them."""
    asked = f"SELECT {_COLUMNS} FROM member WHERE id IN {{keys}} ORDER BY id"  # noqa: S608 -- ours
    return [_member(row) for row in fetch_of(book, asked, _ids(members))]


def _ids(members: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(one) for one in members]
