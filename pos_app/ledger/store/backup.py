"""A copy of the whole ledger file while payments go on, and the proof that it is sound."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from pos_app.ids import NodeId
from pos_app.ledger.store.checks import Checked, Fault, failed
from pos_app.ledger.store.driver import Statements, connect, translated
from pos_app.ledger.store.event import read_event
from pos_app.ledger.store.identities import FLOORS
from pos_app.security.chain import NO_HASH, chain_hash
from pos_app.security.signing import verify as signed_by

STEP_PAGES = 128
CACHE_KIB = 2_000  # what is copied goes to the disk in small parts, and not all at the end
_LAST = 1_000
_OWNER = (
    "SELECT n.node, n.epoch, (SELECT key FROM hq_link), (SELECT max(seq) FROM journal)"
    " FROM node_state n"
)
_CHAIN = "SELECT seq, payload, hash FROM journal WHERE seq > ? ORDER BY seq"
_HASH = "SELECT hash FROM journal WHERE seq = ?"
_SIGNATURE = "SELECT sig FROM journal WHERE seq = ?"
_OPENING = "SELECT payload, hash FROM journal WHERE seq = 1"


@dataclass(frozen=True, slots=True)
class Contents:
    """Whose ledger a file is and how far it reaches; `fault` is the first thing wrong with it."""

    node: NodeId
    epoch: int
    hq_key: bytes | None
    seq: int
    hash: bytes
    fault: Fault | None = None


def copy_file(source: Path, key: bytes, target: Path, pause: Callable[[], None]) -> None:
    """Copy one moment of a ledger into a new file under the same key, a few pages at a time.

    The reader holds that moment, so that no commit makes the copy begin anew, and no commit waits.
    `pause` is called between the steps; what it raises ends the copy. Raises the driver's facts.
    """
    with (
        target.open("w+b") as written,
        closing(connect(source, key, query_only=True)) as reader,
        closing(connect(target, key)) as writer,
        translated(target),
    ):
        writer.execute("PRAGMA journal_mode = DELETE")
        writer.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM node_state").fetchone()

        def stepped(*_progress: int) -> None:
            os.fsync(written.fileno())
            pause()

        reader.backup(writer, pages=STEP_PAGES, progress=stepped)
        reader.execute("ROLLBACK")


def contents_of(path: Path, key: bytes) -> Contents:
    """Open a copy and look: pages, the end of the chain with its signature, floors of balances.

    Raises the driver's facts where it cannot be opened.
    """
    with closing(connect(path, key, query_only=True)) as book, translated(path):
        node, epoch, hq_key, seq = book.execute(_OWNER).fetchone()
        (head,) = book.execute(_HASH, (seq,)).fetchone()
        owner = NodeId(UUID(bytes=node))
        checked = (_pages(book), _end_of_chain(book, owner, epoch, seq), FLOORS(book))
        fault = next((one.fault for one in checked if one.fault is not None), None)
        return Contents(owner, epoch, hq_key, seq, head, fault)


def _pages(book: Statements) -> Checked:
    (said,) = book.execute("PRAGMA quick_check(1)").fetchone()
    return Checked("pages", 1) if said == "ok" else failed("pages", 1, "the file", said)


def _end_of_chain(book: Statements, node: NodeId, epoch: int, head: int) -> Checked:
    """Check the last events: each follows from the one before, and the terminal signed the last."""
    first = max(head - _LAST, 0)
    previous = NO_HASH if first == 0 else book.execute(_HASH, (first,)).fetchone()[0]
    for place, row in enumerate(book.execute(_CHAIN, (first,)), start=first + 1):
        seq, payload, digest = row
        previous = chain_hash(node, epoch, place, previous, payload)
        if (seq, digest) != (place, previous):
            return failed("chain", head, f"event {place}", "does not follow from the one before")
    key = bytes.fromhex(read_event(1, *book.execute(_OPENING).fetchone()).body["key"])
    (signature,) = book.execute(_SIGNATURE, (head,)).fetchone()
    if not signed_by(key, previous, signature):
        return failed("chain", head, f"event {head}", "not signed by this terminal")
    return Checked("chain", head)
