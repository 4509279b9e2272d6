"""Reading the second copy: the chain is proved from the first record to the last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pos_app.copies.facts import SecondCopyFaulty, VolumeGone, volume_fact
from pos_app.copies.records import Records
from pos_app.copies.second_copy import files_in, folder_of
from pos_app.copies.source import Source
from pos_app.ledger.store.copying import Stored
from pos_app.ledger.store.event import Kind, read_event
from pos_app.security.chain import NO_HASH, chain_hash
from pos_app.security.signing import verify


def read_copy(volume: Path, source: Source) -> Iterator[Stored]:
    """Yield the events of the copy in order, each proved to follow from all before it.

    The first event names the terminal's key, and every signature is checked with it. What a pulled
    stick has torn off at the very end is no fault. Raises VolumeGone, VolumeRefused,
    SecondCopyFaulty.
    """
    if not volume.is_dir():
        raise VolumeGone(str(volume))
    try:
        yield from _proved(_stored_in(folder_of(volume, source), source), source)
    except OSError as failed:
        raise volume_fact(failed, volume) from failed


def _stored_in(folder: Path, source: Source) -> Iterator[Stored]:
    records, files, seq = Records(source), files_in(folder), 0
    for path in files:
        end = 0
        for found in records.read(path):
            yield found.stored
            seq, end = found.stored.seq, found.end
        if path != files[-1] and end < path.stat().st_size:
            raise SecondCopyFaulty(seq + 1, "torn")


def _proved(copied: Iterator[Stored], source: Source) -> Iterator[Stored]:
    previous, key = NO_HASH, b""
    for place, stored in enumerate(copied, start=1):
        if stored.seq != place:
            raise SecondCopyFaulty(place, "missing")
        previous = chain_hash(source.node, source.epoch, place, previous, stored.payload)
        if previous != stored.hash:
            raise SecondCopyFaulty(place, "chain")
        key = key or _opening_key(stored)
        if not verify(key, stored.hash, stored.signature):
            raise SecondCopyFaulty(place, "signature")
        yield stored


def _opening_key(stored: Stored) -> bytes:
    event = read_event(stored.seq, stored.payload, stored.hash)
    if event.kind is not Kind.NODE_OPEN:
        raise SecondCopyFaulty(1, "no_opening")
    return bytes.fromhex(event.body["key"])
