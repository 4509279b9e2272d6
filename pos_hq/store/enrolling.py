"""The rows of enrolment: codes, terminals, and the epochs of their chains."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from pos_app.ids import NodeId
from pos_app.security.chain import NO_HASH
from pos_hq.fold.accounts import unit_class
from pos_hq.store.database import Connection
from pos_hq.store.tables import balance, enrol_code, hq_meta, node, node_epoch, programme, store


@dataclass(frozen=True, slots=True)
class CodeRow:
    """What a code was made for; `node` where it brings a known terminal back."""

    hash: bytes
    store: str
    terminal_name: str
    node: NodeId | None
    expires_at: int
    used: bool


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A terminal as it stands in the list of terminals."""

    id: NodeId
    store: str
    terminal_name: str
    status: str
    epoch: int
    frozen: bool
    seen_at: int | None


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A chain, and how far HQ holds it."""

    node: NodeId
    epoch: int
    acked_seq: int


@dataclass(frozen=True, slots=True)
class Device:
    """What a terminal says about itself when it is enrolled."""

    public_key: bytes
    name: str
    app: str
    escrow: bytes | None


def one_at_a_time(book: Connection) -> None:
    """Wait until no other enrolment is under way: identities and keys are looked up, then taken."""
    book.execute(select(hq_meta.c.id).with_for_update())


def keep_code(book: Connection, code: CodeRow, made_at: int) -> None:
    """Keep the hash of a new code; codes that nobody can use any more are forgotten."""
    book.execute(delete(enrol_code).where(enrol_code.c.expires_at < made_at - 86_400_000))
    book.execute(
        insert(enrol_code).values(
            hash=code.hash,
            store=code.store,
            terminal_name=code.terminal_name,
            node=None if code.node is None else code.node.bytes,
            made_at=made_at,
            expires_at=code.expires_at,
        )
    )


def code_of(book: Connection, digest: bytes) -> CodeRow | None:
    """Return the code of this hash."""
    row = book.execute(select(enrol_code).where(enrol_code.c.hash == digest)).one_or_none()
    if row is None:
        return None
    known = None if row.node is None else NodeId(UUID(bytes=bytes(row.node)))
    used = row.used_at is not None
    return CodeRow(bytes(row.hash), row.store, row.terminal_name, known, int(row.expires_at), used)


def use_code(book: Connection, digest: bytes, at: int) -> None:
    """Mark a code used."""
    book.execute(update(enrol_code).where(enrol_code.c.hash == digest).values(used_at=at))


def store_name(book: Connection, code: str) -> str | None:
    """Return the name of a store."""
    return book.execute(select(store.c.name).where(store.c.code == code)).scalar_one_or_none()


def node_of(book: Connection, wanted: NodeId) -> NodeRow | None:
    """Return one terminal."""
    row = book.execute(select(node).where(node.c.id == wanted.bytes)).one_or_none()
    return None if row is None else _node(row._asdict())


def nodes(book: Connection) -> tuple[NodeRow, ...]:
    """Return every terminal, by store and name."""
    rows = book.execute(select(node).order_by(node.c.store, node.c.terminal_name, node.c.id))
    return tuple(_node(row._asdict()) for row in rows)


def silent_since(book: Connection, moment: int) -> list[NodeRow]:
    """Return the terminals that may still speak, and have not since a moment."""
    alive = (node_epoch.c.epoch == node.c.epoch) & (node_epoch.c.state == "open")
    heard = func.coalesce(node.c.seen_at, node.c.enrolled_at)
    wanted = select(node).join(node_epoch, (node_epoch.c.node == node.c.id) & alive)
    silent = wanted.where((node.c.status != "revoked") & (heard < moment)).order_by(node.c.id)
    return [_node(row._asdict()) for row in book.execute(silent)]


def chain_of_key(book: Connection, public_key: bytes) -> ChainRow | None:
    """Return the chain that was enrolled with this key."""
    told = select(node_epoch.c.node, node_epoch.c.epoch, node_epoch.c.acked_seq)
    row = book.execute(told.where(node_epoch.c.public_key == public_key).limit(1)).first()
    if row is None:
        return None
    return ChainRow(NodeId(UUID(bytes=bytes(row.node))), int(row.epoch), int(row.acked_seq))


def add_node(book: Connection, row: NodeRow, device: Device, at: int) -> None:
    """Enrol a terminal that HQ has not seen before."""
    book.execute(
        insert(node).values(
            id=row.id.bytes,
            store=row.store,
            terminal_name=row.terminal_name,
            device=device.name,
            app=device.app,
            status=row.status,
            epoch=row.epoch,
            enrolled_at=at,
        )
    )
    _add_epoch(book, row, device, at)


def renew_node(book: Connection, row: NodeRow, device: Device, at: int) -> None:
    """Give a known terminal a new chain; the chain before is no longer alive."""
    told = {"store": row.store, "terminal_name": row.terminal_name, "status": row.status}
    of_device = {"device": device.name, "app": device.app, "epoch": row.epoch}
    book.execute(update(node).where(node.c.id == row.id.bytes).values(**told, **of_device))
    _add_epoch(book, row, device, at)


def set_status(book: Connection, wanted: NodeId, status: str) -> bool:
    """Change what a terminal may do; say whether there is such a terminal."""
    changed = update(node).where(node.c.id == wanted.bytes).values(status=status)
    return book.execute(changed).rowcount == 1


def holdings(book: Connection, holder: str) -> dict[str, int]:
    """Return what a chain holds, by unit, with all coupons as one."""
    wanted = select(balance.c.unit, balance.c.amount).where(balance.c.holder == holder)
    sums: Counter[str] = Counter()
    for unit, amount in book.execute(wanted):
        sums[unit_class(unit)] += amount
    return {unit: amount for unit, amount in sorted(sums.items()) if amount}


def programme_in_force(book: Connection, at: int) -> tuple[bytes, bytes]:
    """Return the document in force and HQ's signature over it."""
    told = select(programme.c.document, programme.c.signature)
    begun = told.where(programme.c.effective_from <= at)
    latest = begun.order_by(programme.c.effective_from.desc(), programme.c.added_at.desc())
    first = told.order_by(programme.c.effective_from, programme.c.added_at)
    row = book.execute(latest.limit(1)).first() or book.execute(first.limit(1)).one()
    return bytes(row.document), bytes(row.signature)


def _add_epoch(book: Connection, row: NodeRow, device: Device, at: int) -> None:
    book.execute(
        insert(node_epoch).values(
            node=row.id.bytes,
            epoch=row.epoch,
            public_key=device.public_key,
            acked_seq=0,
            applied_seq=0,
            acked_hash=NO_HASH,
            head_seq=0,
            state="open",
            opened_at=at,
            escrow=device.escrow,
        )
    )


def _node(row: dict[str, object]) -> NodeRow:
    seen, epoch, known = row["seen_at"], row["epoch"], row["id"]
    assert isinstance(epoch, int)
    assert isinstance(known, bytes)
    assert seen is None or isinstance(seen, int)
    return NodeRow(
        id=NodeId(UUID(bytes=known)),
        store=str(row["store"]),
        terminal_name=str(row["terminal_name"]),
        status=str(row["status"]),
        epoch=epoch,
        frozen=row["frozen_at"] is not None,
        seen_at=seen,
    )
