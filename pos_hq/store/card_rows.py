"""Cards as they stand in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos_hq.fold.belongings import Card
from pos_hq.store.bulk import fetch_of, insert_many, upsert
from pos_hq.store.card_tables import card as table
from pos_hq.store.database import Connection

_LAY_OVER = upsert(table, "id")


def of(book: Connection, members: Sequence[bytes]) -> dict[str, Card]:
    """Return every card that members ever had, by identity."""
    asked = "SELECT id, member, number, form, state, since, block FROM card WHERE member IN {keys}"
    rows = fetch_of(book, asked, members)
    found = (
        Card(bytes(card).hex(), bytes(member).hex(), number, form, state, since, _hex(block))
        for card, member, number, form, state, since, block in rows
    )
    return {one.id: one for one in found}


def owners(book: Connection, numbers: Sequence[str]) -> set[str]:
    """Return whose cards have, or had, these numbers."""
    rows = fetch_of(book, "SELECT member FROM card WHERE number IN {keys}", numbers)
    return {bytes(row[0]).hex() for row in rows}


def save(book: Connection, cards: Iterable[Card]) -> None:
    """Write cards down."""
    rows = [
        (
            bytes.fromhex(one.id), bytes.fromhex(one.member), one.number, one.form, one.state,
            one.since, None if one.block is None else bytes.fromhex(one.block),
        )
        for one in cards
    ]  # fmt: skip
    insert_many(book, table, rows, _LAY_OVER)


def _hex(raw: bytes | None) -> str | None:
    return None if raw is None else bytes(raw).hex()
