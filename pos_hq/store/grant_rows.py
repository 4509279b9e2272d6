"""Grants as HQ answered them, for ever."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pos_hq.fold.values import Granted
from pos_hq.store.bulk import fetch, fetch_of, insert_many, upsert
from pos_hq.store.database import Connection
from pos_hq.store.tables import rights_grant as table

_SELECT = (
    "SELECT id, node, epoch, member, purpose, state, reason, lines, received, made_at, valid_until"
    " FROM rights_grant"
)
_LAY_OVER = upsert(table, "id")


def load(book: Connection, grants: Sequence[str]) -> list[Granted]:
    """Return the grants of these identities."""
    asked = f"{_SELECT} WHERE id IN {{keys}}"
    return [_grant(row) for row in fetch_of(book, asked, [bytes.fromhex(one) for one in grants])]


def outstanding(book: Connection, node: str, epoch: int) -> list[Granted]:
    """Return what was granted to a node's generation and not yet received, oldest first."""
    asked = (
        f"{_SELECT} WHERE node = ? AND epoch = ? AND received = 0 AND state = 'granted'"
        " ORDER BY made_at, id"
    )
    return [_grant(row) for row in fetch(book, asked, bytes.fromhex(node), epoch)]


def save(book: Connection, grants: Iterable[Granted]) -> None:
    """Write grants down."""
    insert_many(book, table, [_row(grant) for grant in grants], _LAY_OVER)


def _grant(row: Any) -> Granted:  # noqa: ANN401 -- a row is whatever its SQL says
    grant, node, epoch, member, purpose, state, reason, lines, received, made_at, until = row
    told = json.loads(lines)
    return Granted(
        id=bytes(grant).hex(),
        node=bytes(node).hex(),
        epoch=epoch,
        member=bytes(member).hex(),
        purpose=purpose,
        state=state,
        lines=[(pocket, ref, amount) for pocket, ref, amount, _ in told],
        about=[about for *_, about in told],
        received=received,
        made_at=made_at,
        valid_until=until,
        reason=reason,
    )


def _row(one: Granted) -> tuple[Any, ...]:
    lines = [[*line, about] for line, about in zip(one.lines, one.about, strict=True)]
    named = (bytes.fromhex(one.id), bytes.fromhex(one.node), one.epoch, bytes.fromhex(one.member))
    answer = (one.purpose, one.state, one.reason, json.dumps(lines))
    return (*named, *answer, one.received, one.made_at, one.valid_until)
