"""What a draft is tried out on: the events of some days, member by member, and who they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pos_hq.store.bulk import fetch, fetch_of, stream
from pos_hq.store.database import Connection

_OF_MEMBERS = (
    "SELECT event_id, node, member, payload FROM event WHERE member IS NOT NULL AND day >= ?"
    " AND kind IN ('MEMBER_NEW', 'TOPUP', 'SALE', 'REFUND', 'VOID')"
    " ORDER BY member, at, node, epoch, seq"
)
_OF_NOBODY = (
    "SELECT event_id, node, member, payload FROM event WHERE member IS NULL AND day >= ?"
    " AND kind = 'SALE'"
)


def parts(book: Connection, since: str, size: int) -> Iterator[Sequence[Any]]:
    """Yield identity, node, member and bytes: each member's events together, in their order."""
    yield from stream(book, _OF_MEMBERS, size, since)
    yield from stream(book, _OF_NOBODY, size, since)


def stores(book: Connection) -> dict[bytes, str]:
    """Return the store of every terminal."""
    return {bytes(node): store for node, store in fetch(book, "SELECT id, store FROM node")}


def grown(book: Connection, members: Sequence[bytes], before: str) -> list[Any]:
    """Return member, day, spend and growth of the days before one, as far back as HQ knows."""
    asked = (
        "SELECT member, on_day, sum(spend), sum(growth) FROM growth WHERE member IN {keys}"
        " AND on_day < ? GROUP BY member, on_day"
    )
    return fetch_of(book, asked, members, before)


def first_lots(book: Connection, members: Sequence[bytes]) -> dict[bytes, int]:
    """Return when each member topped up first."""
    asked = "SELECT member, min(at) FROM lot WHERE member IN {keys} GROUP BY member"
    return {bytes(member): int(at) for member, at in fetch_of(book, asked, members)}
