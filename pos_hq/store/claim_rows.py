"""Claims: which terminal is giving back which sale just now, and which phones were changed."""

from __future__ import annotations

from dataclasses import dataclass

from pos_hq.store.bulk import fetch, insert_many, run, upsert
from pos_hq.store.claim_tables import claim as table
from pos_hq.store.claim_tables import phone_change
from pos_hq.store.database import Connection

_LAY_OVER = upsert(table, "sale")


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to return some of a sale until a moment, and longer while its node is silent."""

    sale: bytes
    id: bytes
    node: bytes
    epoch: int
    until: int


def of_sale(book: Connection, sale: bytes) -> Claim | None:
    """Return who has claimed a sale."""
    asked = "SELECT sale, id, node, epoch, until FROM claim WHERE sale = ?"
    rows = fetch(book, asked, sale)
    if not rows:
        return None
    held, known, node, epoch, until = rows[0]
    return Claim(bytes(held), bytes(known), bytes(node), epoch, until)


def keep(book: Connection, one: Claim) -> None:
    """Let a sale be claimed; the caller has seen that nobody else does."""
    insert_many(book, table, [(one.sale, one.id, one.node, one.epoch, one.until)], _LAY_OVER)


def settle(book: Connection, node: str, epoch: int, now: int) -> None:
    """Let go of what a node claimed and can no longer use: it has just told all it did."""
    gone = "DELETE FROM claim WHERE node = ? AND epoch = ? AND until < ?"
    run(book, gone, bytes.fromhex(node), epoch, now)


def answered(book: Connection, node: str, epoch: int, intents: set[bytes]) -> None:
    """Let go of the claims of these intents of a node: their returns are in its chain."""
    gone = "DELETE FROM claim WHERE node = ? AND epoch = ? AND id = ?"
    for one in sorted(intents):
        run(book, gone, bytes.fromhex(node), epoch, one)


def lock_sale(book: Connection, sale: bytes) -> None:
    """Wait until nobody else asks about this sale."""
    if book.dialect.name == "postgresql":
        number = int.from_bytes(sale[-8:], "big", signed=True)
        book.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (number,))


def phone_changed(book: Connection, intent: str) -> bool:
    """Say whether this wish to change a phone has been granted before."""
    asked = "SELECT 1 FROM phone_change WHERE id = ?"
    return bool(fetch(book, asked, bytes.fromhex(intent)))


def keep_phone_change(book: Connection, intent: str, member: str, node: str, at: int) -> None:
    """Note that a wish to change a phone was granted: a copy of it that comes late does nothing."""
    row = (bytes.fromhex(intent), bytes.fromhex(member), bytes.fromhex(node), at)
    insert_many(book, phone_change, [row])
