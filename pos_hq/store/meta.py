"""The one row that says whose database this is, and how often it has been restored."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from pos_hq.facts import NotFounded
from pos_hq.store.database import Connection
from pos_hq.store.tables import hq_meta


@dataclass(frozen=True, slots=True)
class Meta:
    """HQ's public key and its incarnation."""

    key: bytes
    incarnation: int


def found(book: Connection, key: bytes, at: int) -> None:
    """Make an empty database this HQ's."""
    book.execute(insert(hq_meta).values(id=1, key=key, incarnation=1, founded_at=at))


def meta_of(book: Connection) -> Meta | None:
    """Return whose database this is; None before it is founded."""
    row = book.execute(select(hq_meta.c.key, hq_meta.c.incarnation)).one_or_none()
    return None if row is None else Meta(bytes(row.key), row.incarnation)


def founded_at(book: Connection) -> int:
    """Return when this HQ was founded, in milliseconds since 1970 UTC."""
    return int(book.execute(select(hq_meta.c.founded_at)).scalar_one())


def incarnation_of(book: Connection) -> int:
    """Return how often this HQ has begun anew. Raises NotFounded."""
    known = meta_of(book)
    if known is None:
        raise NotFounded
    return known.incarnation


def escrow_key_of(book: Connection) -> bytes | None:
    """Return the key to which terminals seal theirs; None while this HQ has no escrow."""
    found = book.execute(select(hq_meta.c.escrow_key)).scalar_one_or_none()
    return None if found is None else bytes(found)


def begin_escrow(book: Connection, key: bytes) -> None:
    """Take this key, unless there is one: it never changes, or old envelopes would be lost."""
    unset = hq_meta.c.escrow_key.is_(None)
    book.execute(update(hq_meta).where(unset).values(escrow_key=key))


def begin_anew(book: Connection, at: int) -> int:
    """Take a new incarnation and return it.

    It is the second of the restore: counting on would give two restores of one backup the same.
    """
    incarnation = max(incarnation_of(book) + 1, at // 1000)
    book.execute(update(hq_meta).values(incarnation=incarnation))
    return incarnation
