"""The feed: the latest row of every entity, numbered in the order of commits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pos_hq.store.bulk import fetch, fetch_of, insert_many, upsert
from pos_hq.store.database import Connection
from pos_hq.store.told_tables import feed as table

EVERYBODY = ""
_LAY_OVER = upsert(table, "scope", "entity", "id")
_NUMBERING = 0x66656564
_PAGE = (
    "SELECT feed_seq, entity, id, body FROM feed WHERE feed_seq > ? AND scope IN ('', ?, ?)"
    " ORDER BY feed_seq LIMIT ?"
)
# Two ranges of the key: whoever looks for what is no member passes none of them.
_OTHERS = (
    "SELECT feed_seq, entity, id, body FROM feed WHERE scope IN ('', ?, ?)"
    " AND (entity < 'member' OR entity > 'member') AND feed_seq > ? ORDER BY feed_seq LIMIT ?"
)
_SNAPSHOT = (
    "SELECT feed_seq, entity, id, body FROM feed WHERE scope = '' AND entity = 'member' AND id > ?"
    " ORDER BY id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One entity to be told: of everybody, or of the node or store in `scope`.

    Body None: it is gone.
    """

    entity: str
    id: str
    body: dict[str, object] | None
    scope: str = EVERYBODY


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the feed; its body is JSON, as it was written."""

    seq: int
    entity: str
    id: str
    body: str | None


def take_turn(book: Connection) -> None:
    """Wait for the right to number; the last step of a transaction, given up by its commit.

    A reader who has seen number n has then seen every smaller one that will ever be.
    """
    if book.dialect.name == "postgresql":
        book.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_NUMBERING,))


def tell(book: Connection, told: Sequence[Told]) -> None:
    """Put entities at the end of the feed. The caller has taken its turn."""
    last = head(book)
    rows = [
        (one.scope, one.entity, one.id, seq, None if one.body is None else json.dumps(one.body))
        for seq, one in enumerate(told, last + 1)
    ]
    insert_many(book, table, rows, _LAY_OVER)


def head(book: Connection) -> int:
    """Return the last number given."""
    return int(fetch(book, "SELECT coalesce(max(feed_seq), 0) FROM feed")[0][0])


def of_store(store: str) -> str:
    """Return the scope of all nodes of a store."""
    return f"store:{store}"


def page(book: Connection, node: str, store: str, after: int, limit: int) -> list[Item]:
    """Return what a node of a store should hear of after a cursor."""
    return [_item(row) for row in fetch(book, _PAGE, after, node, of_store(store), limit)]


def others(book: Connection, node: str, store: str, after: int, limit: int) -> list[Item]:
    """Return what a node of a store should hear of after a cursor, the members left out."""
    return [_item(row) for row in fetch(book, _OTHERS, node, of_store(store), after, limit)]


def bodies(book: Connection, entity: str) -> dict[str, dict[str, object]]:
    """Return what everybody is told of all entities of a kind, by identity."""
    asked = "SELECT id, body FROM feed WHERE scope = '' AND entity = ? AND body IS NOT NULL"
    return {identity: json.loads(body) for identity, body in fetch(book, asked, entity)}


def figures_told(book: Connection, members: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return what everybody was told of the spend and growth of members."""
    asked = "SELECT id, body FROM feed WHERE id IN {keys} AND scope = '' AND entity = 'member'"
    rows = fetch_of(book, asked, members)
    told = ((identity, json.loads(body)) for identity, body in rows if body is not None)
    return {identity: (body["spend"], body["growth"]) for identity, body in told}


def members(book: Connection, after: str, limit: int) -> list[Item]:
    """Return members in the order of their identities."""
    return [_item(row) for row in fetch(book, _SNAPSHOT, after, limit)]


def _item(row: Any) -> Item:  # noqa: ANN401 -- a row is whatever its SQL says
    seq, entity, identity, body = row
    return Item(seq, entity, identity, body)
