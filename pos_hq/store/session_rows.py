"""Who may talk to HQ: the terminals as they were enrolled, and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, Select, delete, insert, select, text, update

from pos_app.ids import NodeId
from pos_hq.store import tables
from pos_hq.store.database import Connection

# Only one of two that come at the same moment inserts a row; both databases know these words.
_USE_ONCE = text(
    "INSERT INTO challenge (challenge, node, expires_at) VALUES (:challenge, :node, :expires_at) "
    "ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One epoch of a terminal as HQ knows it; `living` is the epoch that is alive."""

    node: NodeId
    epoch: int
    living: int
    store: str
    public_key: bytes
    status: str
    state: str
    acked_seq: int
    acked_hash: bytes
    salvage_key: bytes | None
    salvage_until: int


def enrolment_of(book: Connection, node: NodeId, epoch: int) -> Enrolment | None:
    """Return what is known of one epoch of a terminal."""
    wanted = (tables.node_epoch.c.node == node.bytes) & (tables.node_epoch.c.epoch == epoch)
    row = book.execute(_enrolments().where(wanted)).one_or_none()
    return None if row is None else _enrolment(row)


def enrolment_of_token(
    book: Connection, token_hash: bytes, now: int
) -> tuple[Enrolment, bytes | None] | None:
    """Return whose session a token opened, while it lasts, and the key of a salvage."""
    session = tables.session
    joined = (tables.node_epoch.c.node == session.c.node) & (
        tables.node_epoch.c.epoch == session.c.epoch
    )
    wanted = (session.c.token_hash == token_hash) & (session.c.expires_at > now)
    asked = _enrolments().add_columns(session.c.public_key.label("by"))
    row = book.execute(asked.join(session, joined).where(wanted)).one_or_none()
    return None if row is None else (_enrolment(row), _octets(row, "by"))


def use_challenge(book: Connection, challenge: bytes, node: NodeId, expires_at: int) -> bool:
    """Note that a challenge was answered; say whether it was the first time."""
    told = {"challenge": challenge, "node": node.bytes, "expires_at": expires_at}
    return book.execute(_USE_ONCE, told).rowcount == 1


@dataclass(frozen=True, slots=True)
class Opening:
    """A session that begins; `by` is the key of a salvage, which speaks for a dead terminal."""

    token_hash: bytes
    expires_at: int
    by: bytes | None


def begin(book: Connection, known: Enrolment, opening: Opening, now: int) -> None:
    """Open a session, in place of the one that this epoch of the terminal had."""
    session = tables.session
    place = (session.c.node == known.node.bytes) & (session.c.epoch == known.epoch)
    book.execute(delete(session).where(place | (session.c.expires_at <= now)))
    book.execute(delete(tables.challenge).where(tables.challenge.c.expires_at <= now))
    book.execute(
        insert(session).values(
            token_hash=opening.token_hash,
            node=known.node.bytes,
            epoch=known.epoch,
            made_at=now,
            expires_at=opening.expires_at,
            public_key=opening.by,
        )
    )
    seen = update(tables.node).where(tables.node.c.id == known.node.bytes)
    book.execute(seen.values(seen_at=now))


def end_all(book: Connection, node: NodeId) -> None:
    """End every session of a terminal."""
    book.execute(delete(tables.session).where(tables.session.c.node == node.bytes))


def _enrolments() -> Select[tuple[object, ...]]:
    node, epoch = tables.node.c, tables.node_epoch.c
    return select(
        epoch.node,
        epoch.epoch,
        node.epoch.label("living"),
        node.store,
        epoch.public_key,
        node.status,
        epoch.state,
        epoch.acked_seq,
        epoch.acked_hash,
        epoch.salvage_key,
        epoch.salvage_until,
    ).join_from(tables.node_epoch, tables.node, epoch.node == node.id)


def _enrolment(row: Row[tuple[object, ...]]) -> Enrolment:
    found = row._mapping  # noqa: SLF001 -- SQLAlchemy's public name for it
    return Enrolment(
        node=NodeId(UUID(bytes=bytes(found["node"]))),
        epoch=found["epoch"],
        living=found["living"],
        store=found["store"],
        public_key=bytes(found["public_key"]),
        status=found["status"],
        state=found["state"],
        acked_seq=found["acked_seq"],
        acked_hash=bytes(found["acked_hash"]),
        salvage_key=_octets(row, "salvage_key"),
        salvage_until=found["salvage_until"] or 0,
    )


def _octets(row: Row[tuple[object, ...]], name: str) -> bytes | None:
    found = row._mapping[name]  # noqa: SLF001 -- SQLAlchemy's public name for it
    return None if found is None else bytes(found)
