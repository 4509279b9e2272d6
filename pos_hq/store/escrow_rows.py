"""The rows of escrow: envelopes, and who may tell a dead terminal's chain."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from pos_app.ids import NodeId
from pos_hq.store.database import Connection
from pos_hq.store.tables import node, node_epoch


@dataclass(frozen=True, slots=True)
class Left:
    """What one epoch of a terminal left at HQ: its public key, and its envelope if there is one."""

    epoch: int
    public_key: bytes
    envelope: bytes | None


def envelope_of(book: Connection, wanted: NodeId, epoch: int | None) -> Left | None:
    """Return what an epoch left, or else the living one; None where there is no such epoch."""
    told = select(node_epoch.c.epoch, node_epoch.c.public_key, node_epoch.c.escrow)
    which = node.c.epoch if epoch is None else epoch
    row = book.execute(
        told.join(node, node.c.id == node_epoch.c.node).where(
            (node_epoch.c.node == wanted.bytes) & (node_epoch.c.epoch == which)
        )
    ).one_or_none()
    if row is None:
        return None
    return Left(row.epoch, bytes(row.public_key), None if row.escrow is None else bytes(row.escrow))


def let_salvage(book: Connection, wanted: NodeId, epoch: int, key: bytes, until: int) -> None:
    """Let the owner of a key tell the chain of an epoch for a while; it replaces an earlier one."""
    place = (node_epoch.c.node == wanted.bytes) & (node_epoch.c.epoch == epoch)
    told = update(node_epoch).where(place)
    book.execute(told.values(salvage_key=key, salvage_until=until))
