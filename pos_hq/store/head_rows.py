"""The heads of all chains, and what was told of them on earlier days."""

from __future__ import annotations

from pos_hq.store import enrolling
from pos_hq.store.bulk import fetch
from pos_hq.store.database import Connection

# HQ's acts are only ever added to: `who` is the day, `reason` the lines.
KIND = "HEADS"


def one_at_a_time(book: Connection) -> None:
    """Wait until nobody else tells of a day."""
    enrolling.one_at_a_time(book)


def lines(book: Connection) -> list[str]:
    """Return a line for the head of every chain: node, epoch, seq, hash."""
    asked = "SELECT node, epoch, acked_seq, acked_hash FROM node_epoch WHERE acked_seq > 0"
    return sorted(
        f"{bytes(node).hex()} {epoch} {seq} {bytes(digest).hex()}"
        for node, epoch, seq, digest in fetch(book, asked)
    )


def told_of(book: Connection, day: str) -> list[str] | None:
    """Return the lines of a day that was told; None for one that was not."""
    rows = fetch(book, "SELECT reason FROM act WHERE kind = ? AND who = ?", KIND, day)
    return rows[0][0].splitlines() if rows else None


def all_told(book: Connection) -> list[tuple[str, list[str]]]:
    """Return every day that was told, with its lines."""
    rows = fetch(book, "SELECT who, reason FROM act WHERE kind = ? ORDER BY seq", KIND)
    return [(day, text.splitlines()) for day, text in rows]
