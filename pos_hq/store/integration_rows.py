"""The shop's other systems, as they stand in the database."""

from __future__ import annotations

from typing import Any, NamedTuple

from pos_app.ids import new_id
from pos_hq.store.bulk import fetch, insert_many, run
from pos_hq.store.database import Connection
from pos_hq.store.integration_tables import integration

_SELECT = "SELECT id, name, scopes, made_at, revoked_at FROM integration"


class IntegrationRow(NamedTuple):
    """One system: what it may do, and whether it was shut out."""

    id: bytes
    name: str
    scopes: frozenset[str]
    made_at: int
    revoked_at: int | None


def every(book: Connection) -> list[IntegrationRow]:
    """Return all of them by name."""
    return [_row(row) for row in fetch(book, f"{_SELECT} ORDER BY name")]


def named(book: Connection, name: str) -> IntegrationRow | None:
    """Return the one of a name."""
    return _first(fetch(book, f"{_SELECT} WHERE name = ?", name))


def of_key(book: Connection, key_hash: bytes) -> IntegrationRow | None:
    """Return whose key it is, unless they were shut out."""
    return _first(fetch(book, f"{_SELECT} WHERE key_hash = ? AND revoked_at IS NULL", key_hash))


def add(book: Connection, name: str, key_hash: bytes, scopes: str, at: int) -> None:
    """Add one."""
    insert_many(book, integration, [(new_id().bytes, name, key_hash, scopes, at, None)])


def renew(book: Connection, one: IntegrationRow, key_hash: bytes, scopes: str, at: int) -> None:
    """Let one in again with another key."""
    changed = (
        "UPDATE integration SET key_hash = ?, scopes = ?, made_at = ?, revoked_at = NULL"
        " WHERE id = ?"
    )
    run(book, changed, key_hash, scopes, at, one.id)


def revoke(book: Connection, name: str, at: int) -> bool:
    """Shut one out; say whether there was one to shut out."""
    changed = "UPDATE integration SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL"
    return run(book, changed, at, name) > 0


def _first(rows: Any) -> IntegrationRow | None:  # noqa: ANN401 -- rows are whatever their SQL says
    return _row(rows[0]) if rows else None


def _row(row: Any) -> IntegrationRow:  # noqa: ANN401 -- a row is whatever its SQL says
    identity, name, scopes, made_at, revoked_at = row
    return IntegrationRow(bytes(identity), name, frozenset(scopes.split()), made_at, revoked_at)
