"""Records of identity documents as they stand in the database: sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos_hq.fold.belongings import RealName
from pos_hq.store.bulk import fetch_of, insert_many, run, upsert
from pos_hq.store.card_tables import real_name as table
from pos_hq.store.database import Connection

_LAY_OVER = upsert(table, "event_id")


def of(book: Connection, members: Sequence[bytes]) -> dict[str, RealName]:
    """Return the records of members, by event."""
    asked = (
        "SELECT event_id, member, taken_at, kept_until, sealed_for, sealed FROM real_name"
        " WHERE member IN {keys}"
    )
    rows = (
        RealName(bytes(event).hex(), bytes(member).hex(), at, until, reader, bytes(sealed))
        for event, member, at, until, reader, sealed in fetch_of(book, asked, members)
    )
    return {one.event: one for one in rows}


def save(book: Connection, records: Iterable[RealName]) -> None:
    """Write records down."""
    rows = [
        (
            bytes.fromhex(one.event), bytes.fromhex(one.member), one.taken_at, one.kept_until,
            one.sealed_for, one.sealed,
        )
        for one in records
    ]  # fmt: skip
    insert_many(book, table, rows, _LAY_OVER)


def forget_due(book: Connection, day: str) -> int:
    """Delete the records that need no longer be kept, with their sidecars; return how many."""
    due = "SELECT event_id FROM real_name WHERE kept_until < ?"
    run(book, f"DELETE FROM sidecar WHERE event_id IN ({due})", day)  # noqa: S608 -- ours
    return run(book, "DELETE FROM real_name WHERE kept_until < ?", day)
