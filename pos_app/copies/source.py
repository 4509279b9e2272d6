"""Whose journal is copied: the ledger file of this terminal, and what opens it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pos_app.ids import NodeId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.copying import owner_of
from pos_app.ledger.store.driver import connect
from pos_app.ledger.store.file import Reader
from pos_app.security.keystore import DATABASE, KeyStore


@dataclass(frozen=True, slots=True)
class Source:
    """A ledger file that this program has open elsewhere; whoever copies opens a reader of its own.

    A reader in WAL mode neither waits for a payment nor lets one wait.
    """

    path: Path
    key: bytes = field(repr=False)
    node: NodeId
    epoch: int

    def reader(self) -> Reader:
        """Open a `query_only` connection for the calling thread. Raises the facts of the driver."""
        return Reader(self.path, self.key, connect)


def source_at(path: Path, key: bytes) -> Source:
    """Return the source that a file is, which another program may have open."""
    reader = Reader(path, key, connect)
    try:
        return Source(path, key, *owner_of(reader))
    finally:
        reader.close()


def source_of(ledger: Ledger, keys: KeyStore) -> Source:
    """Return the source that this ledger is. Raises KeyMissing, KeyStoreUnusable."""
    return Source(ledger.path, keys.get(DATABASE), ledger.node.id, ledger.node.epoch)
