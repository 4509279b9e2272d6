"""The events of the last days that the fraud radar reads, never more than a part at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pos_app.ids import EventId, MemberId, NodeId, OperatorId
from pos_app.ledger.rules.fraud_reading import KINDS, Written
from pos_hq.store.bulk import fetch, fetch_of, stream
from pos_hq.store.database import Connection

_EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)
_MARKS = ", ".join(f"'{kind}'" for kind in KINDS)
_ALONE = "'TOPUP', 'REFUND', 'VOID', 'ACCOUNT_CLOSE'"
# By node first: its index holds the days. Whoever comes through did what a signal may be made of.
_SUSPECTS = (
    "SELECT e.member FROM node n JOIN event e ON e.node = n.id AND e.day BETWEEN ? AND ?"  # noqa: S608 -- our own names
    f" WHERE e.member IS NOT NULL AND e.event_id IS NOT NULL AND e.kind IN ({_MARKS})"
    f" GROUP BY e.member HAVING sum(CASE WHEN e.kind IN ({_ALONE}) THEN 1 ELSE 0 END) > 0"
    " OR sum(CASE WHEN e.kind = 'SALE' THEN 1 ELSE 0 END) >= ? OR count(DISTINCT e.node) >= 3"
)
_OF_MEMBERS = (
    "SELECT event_id, at, kind, node, payload FROM event WHERE member IN {keys}"  # noqa: S608 -- our own names
    f" AND day BETWEEN ? AND ? AND event_id IS NOT NULL AND kind IN ({_MARKS})"
)
# What is sold only ends a run of registrations: nobody reads it here.
_OF_NODE = (
    "SELECT event_id, at, kind, node, CASE WHEN kind IN ('MEMBER_NEW', 'COUPON_ISSUE')"  # noqa: S608 -- our own names
    " THEN payload END FROM event WHERE node = ? AND day BETWEEN ? AND ?"
    f" AND event_id IS NOT NULL AND kind IN ({_MARKS}) ORDER BY epoch, seq"
)
Span = tuple[str, str]


def suspects(book: Connection, span: Span, orders: int, size: int) -> Iterator[list[bytes]]:
    """Yield members of whom the days of a span may tell something, part by part."""
    for part in stream(book, _SUSPECTS, size, *span, orders):
        yield [bytes(member) for (member,) in part]


def of_members(book: Connection, members: Sequence[bytes], span: Span) -> dict[str, list[Written]]:
    """Return what members did, by member."""
    found: dict[str, list[Written]] = {}
    for row in fetch_of(book, _OF_MEMBERS, members, *span):
        written = _written(row)
        if written is not None and written.member is not None:
            found.setdefault(written.member.hex, []).append(written)
    return found


def of_node(book: Connection, node: bytes, span: Span, size: int) -> Iterator[Written]:
    """Yield what was done at a till in the order of its chain."""
    for part in stream(book, _OF_NODE, size, node, *span):
        yield from filter(None, map(_written, part))


def stores(book: Connection) -> dict[str, str]:
    """Return the store of each node."""
    return {bytes(node).hex(): store for node, store in fetch(book, "SELECT id, store FROM node")}


def operators(book: Connection) -> dict[str, list[OperatorId]]:
    """Return the operators of all tills by their names, as they were last told."""
    asked = (
        "SELECT e.payload, s.data FROM event e JOIN sidecar s ON s.event_id = e.event_id"
        " WHERE e.kind IN ('OPERATOR_NEW', 'OPERATOR_EDIT') ORDER BY e.node, e.epoch, e.seq"
    )
    names: dict[OperatorId, str] = {}
    for payload, data in fetch(book, asked):
        with suppress(LookupError, TypeError, ValueError, AttributeError):
            names[OperatorId(UUID(_said(payload)["body"]["id"]))] = str(_said(data)["name"])
    found: dict[str, list[OperatorId]] = {}
    for operator, name in names.items():
        found.setdefault(name, []).append(operator)
    return found


def names(book: Connection, members: Sequence[bytes]) -> dict[str, str]:
    """Return the names of members."""
    rows = fetch_of(book, "SELECT id, name FROM member WHERE id IN {keys}", members)
    return {bytes(member).hex(): name for member, name in rows}


def _written(row: Any) -> Written | None:  # noqa: ANN401 -- a row is whatever its SQL says
    event, at, kind, node, payload = row
    said = {} if payload is None else _said(payload)
    try:
        return Written(
            id=EventId(UUID(bytes=bytes(event))),
            at=_EPOCH_START + timedelta(milliseconds=at),
            kind=kind,
            till=NodeId(UUID(bytes=bytes(node))),
            member=MemberId(UUID(said["member"])) if "member" in said else None,
            operator=OperatorId(UUID(said["by"])) if "by" in said else None,
            of=EventId(UUID(said["of"])) if "of" in said else None,
            body=said.get("body", {}),
        )
    except (TypeError, ValueError, AttributeError, OverflowError):
        return None  # its exception was opened when it came


def _said(payload: Any) -> Mapping[str, Any]:  # noqa: ANN401 -- a driver's bytes
    try:
        said = json.loads(bytes(payload))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
