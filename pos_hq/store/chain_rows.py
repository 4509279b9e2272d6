"""The chains of the nodes: how far HQ holds each, and the exact bytes of their events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pos_hq.fold.fact import Fact
from pos_hq.store import tables
from pos_hq.store.bulk import fetch, fetch_of, insert_many, locked, run
from pos_hq.store.database import Connection


@dataclass(frozen=True, slots=True)
class Chain:
    """One generation of a node, as HQ holds it. Identities are hex digits."""

    node: str
    epoch: int
    public_key: bytes
    acked_seq: int
    acked_hash: bytes
    applied_seq: int
    head_seq: int
    state: str
    status: str
    living: int
    frozen: bool


def chain_of(book: Connection, node: str, epoch: int) -> Chain | None:
    """Return a chain; in a write transaction nobody else can change it until the end."""
    asked = (
        "SELECT e.public_key, e.acked_seq, e.acked_hash, e.applied_seq, e.head_seq, e.state,"
        " n.status, n.epoch, n.frozen_at FROM node_epoch e JOIN node n ON n.id = e.node"
        " WHERE e.node = ? AND e.epoch = ?"
    )
    rows = fetch(book, asked, bytes.fromhex(node), epoch)
    if not rows:
        return None
    key, acked, digest, applied, head, state, status, living, frozen_at = rows[0]
    held = (acked, bytes(digest), applied, head)
    return Chain(node, epoch, bytes(key), *held, state, status, living, frozen_at is not None)


def lock(book: Connection, node: str, epoch: int) -> None:
    """Keep everybody else from this chain and its holdings until the transaction ends."""
    asked = "SELECT 1 FROM node_epoch WHERE node = ? AND epoch = ?"
    fetch(book, locked(book, asked), bytes.fromhex(node), epoch)


def advance(book: Connection, chain: Chain, *, seq: int, digest: bytes, head_seq: int) -> None:
    """Note how far HQ holds a chain now, and how far the node says that it reaches."""
    run(
        book,
        "UPDATE node_epoch SET acked_seq = ?, acked_hash = ?, head_seq = ?"
        " WHERE node = ? AND epoch = ?",
        *(seq, digest, max(head_seq, chain.head_seq, seq), bytes.fromhex(chain.node), chain.epoch),
    )


def applied(book: Connection, chain: Chain, seq: int) -> None:
    """Note up to which place a chain's events have been applied."""
    place = (bytes.fromhex(chain.node), chain.epoch)
    told = "UPDATE node_epoch SET applied_seq = ? WHERE node = ? AND epoch = ?"
    run(book, told, seq, *place)


def set_state(book: Connection, node: str, epoch: int, state: str) -> None:
    """Change what becomes of a chain's holdings: open, closed, released, sealed."""
    told = "UPDATE node_epoch SET state = ? WHERE node = ? AND epoch = ?"
    run(book, told, state, bytes.fromhex(node), epoch)


def set_status(book: Connection, node: str, status: str) -> None:
    """Change what becomes of a node's pushes: active, quarantined, revoked."""
    run(book, "UPDATE node SET status = ? WHERE id = ?", status, bytes.fromhex(node))


def status_of(book: Connection, node: str) -> str:
    """Return how a node stands: active, quarantined, revoked."""
    return str(fetch(book, "SELECT status FROM node WHERE id = ?", bytes.fromhex(node))[0][0])


def store_of(book: Connection, node: str) -> str:
    """Return the store of a node."""
    return str(fetch(book, "SELECT store FROM node WHERE id = ?", bytes.fromhex(node))[0][0])


def freeze_active(book: Connection, at: int) -> None:
    """Wait for every node that may still have something to tell."""
    run(book, "UPDATE node SET frozen_at = ? WHERE status <> 'revoked'", at)


def thaw(book: Connection, node: str) -> None:
    """No longer wait for a node."""
    run(book, "UPDATE node SET frozen_at = NULL WHERE id = ?", bytes.fromhex(node))


def frozen(book: Connection) -> tuple[str, ...]:
    """Return the nodes that HQ waits for since it was restored."""
    asked = "SELECT id FROM node WHERE frozen_at IS NOT NULL AND status <> 'revoked' ORDER BY id"
    return tuple(bytes(row[0]).hex() for row in fetch(book, asked))


def hashes(book: Connection, chain: Chain, seqs: Sequence[int]) -> dict[int, bytes]:
    """Return the hashes at some places of a chain."""
    asked = "SELECT seq, hash FROM event WHERE seq IN {keys} AND node = ? AND epoch = ?"
    rows = fetch_of(book, asked, list(seqs), bytes.fromhex(chain.node), chain.epoch)
    return {seq: bytes(digest) for seq, digest in rows}


def keep(
    book: Connection, chain: Chain, facts: Sequence[Fact], known_ids: set[bytes], at: int
) -> None:
    """Keep events as they came; one whose identity is taken keeps its place, not the identity."""
    node, taken = bytes.fromhex(chain.node), set(known_ids)
    rows: list[tuple[Any, ...]] = []
    for fact in facts:
        event = None if fact.id in taken else fact.id
        taken |= set() if event is None else {event}
        member = None if fact.member is None else bytes.fromhex(fact.member)
        place = (node, chain.epoch, fact.seq, event, fact.kind, fact.day, fact.at, member, fact.of)
        rows.append((*place, fact.payload, fact.hash, fact.sig, at))
    insert_many(book, tables.event, rows)


def ids_known(book: Connection, facts: Sequence[Fact]) -> set[bytes]:
    """Return which of these identities HQ holds an event of."""
    ids = [fact.id for fact in facts if fact.id is not None]
    rows = fetch_of(book, "SELECT event_id FROM event WHERE event_id IN {keys}", ids)
    return {bytes(row[0]) for row in rows}


def keep_sidecars(book: Connection, sidecars: Sequence[tuple[bytes, bytes, bytes]]) -> None:
    """Keep personal data beside the chain: identity, salt, data."""
    insert_many(book, tables.sidecar, sidecars, "ON CONFLICT (event_id) DO NOTHING")


def forget_sidecars(book: Connection, events: Sequence[bytes]) -> None:
    """Let go of the personal data of these events: their chains go on without it."""
    for event in events:
        run(book, "DELETE FROM sidecar WHERE event_id = ?", event)


def forget_persons(book: Connection, members: Sequence[str]) -> None:
    """Let go of the personal data of every event of these members."""
    asked = "SELECT event_id FROM event WHERE member IN {keys} AND event_id IS NOT NULL"
    found = fetch_of(book, asked, [bytes.fromhex(one) for one in members])
    forget_sidecars(book, [bytes(row[0]) for row in found])


def waiting(book: Connection, chain: Chain, limit: int) -> list[Any]:
    """Return stored events that have not been applied: place, payload, hash, signature."""
    asked = (
        "SELECT seq, payload, hash, sig, event_id FROM event WHERE node = ? AND epoch = ?"
        " AND seq > ? ORDER BY seq LIMIT ?"
    )
    place = (bytes.fromhex(chain.node), chain.epoch)
    return list(fetch(book, asked, *place, chain.applied_seq, limit))


def sidecars_of(book: Connection, events: Sequence[bytes]) -> dict[bytes, tuple[bytes, bytes]]:
    """Return the personal data that is kept of these events: salt and data."""
    asked = "SELECT event_id, salt, data FROM sidecar WHERE event_id IN {keys}"
    rows = fetch_of(book, asked, events)
    return {bytes(event): (bytes(salt), bytes(data)) for event, salt, data in rows}


def hold_totals(book: Connection, node: str, epoch: int) -> dict[str, int]:
    """Return what HQ has in a generation's holdings, by unit."""
    asked = "SELECT unit, sum(amount) FROM balance WHERE holder = ? AND amount <> 0 GROUP BY unit"
    return {unit: int(total) for unit, total in fetch(book, asked, f"{node}.{epoch}")}


def members_held(book: Connection, node: str, epoch: int) -> int:
    """Return how many members have stored value in a generation's holdings."""
    asked = (
        "SELECT count(DISTINCT member) FROM balance WHERE holder = ? AND amount <> 0"
        " AND unit = 'CNY'"
    )
    return int(fetch(book, asked, f"{node}.{epoch}")[0][0])


def holders(book: Connection, node: str, epoch: int) -> list[str]:
    """Return the members who have anything in a generation's holdings."""
    asked = "SELECT DISTINCT member FROM balance WHERE holder = ? AND amount <> 0"
    return [bytes(row[0]).hex() for row in fetch(book, asked, f"{node}.{epoch}")]


def not_living(book: Connection) -> list[tuple[str, int, str]]:
    """Return the generations that will not go on: replaced by a newer one, or shut out."""
    asked = (
        "SELECT e.node, e.epoch, e.state FROM node_epoch e JOIN node n ON n.id = e.node"
        " WHERE e.epoch <> n.epoch OR n.status = 'revoked' ORDER BY e.node, e.epoch"
    )
    return [(bytes(node).hex(), epoch, state) for node, epoch, state in fetch(book, asked)]
