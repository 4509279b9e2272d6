"""Telling HQ what a dead terminal never sent, from its disk or from its second copy."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pos_app.clock import Clock
from pos_app.copies.facts import volume_fact
from pos_app.copies.reading import read_copy
from pos_app.copies.second_copy import folder_of
from pos_app.copies.source import Source
from pos_app.errors import PosError
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys
from pos_app.ledger.outbox import BATCH_BYTES, BATCH_EVENTS, Batch, ChainDiffers
from pos_app.ledger.proof import ensure_journal
from pos_app.ledger.store.copying import Stored
from pos_app.security.chain import NO_HASH
from pos_app.security.salvage_keys import SalvageKeys
from pos_app.security.signing import Signer
from pos_app.sync import translate
from pos_app.sync.archives import push_archive
from pos_app.sync.cycle import AtLedger
from pos_app.sync.hq import Hq, Identity
from pos_app.sync.transport import Transport

T = TypeVar("T")
_LEDGER = "ledger.db"


@dataclass(eq=False)
class NothingToSalvage(PosError):
    """There is neither a ledger nor a second copy of the wanted terminal and epoch."""

    path: str


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many events HQ had not heard, and how far it holds the chain now.

    `trouble` is what kept the rest of a second copy from being read.
    """

    told: int
    upto: int
    trouble: PosError | None = None


def salvage(keys: SalvageKeys, transport: Transport, clock: Clock, place: Path) -> Salvaged:
    """Tell HQ the unsent end of a dead terminal's chain, as that chain; again is harmless.

    `place` is the dead terminal's ledger file or its folder, or the volume of its second copy.
    Nothing is written there. Raises NothingToSalvage, JournalFaulty, ChainDiffers, the facts of the
    ledger file, HqUnreachable, HqRefused, HqMisbehaved.
    """
    who = Identity(keys.node.hex, keys.epoch, Signer(keys.seed), keys.hq_key)
    hq, ledger = Hq(transport, who), place / _LEDGER if place.is_dir() else place
    if ledger.is_file():
        return _from_ledger(keys, hq, clock, ledger)
    source = Source(place, keys.database, keys.node, keys.epoch)
    if not folder_of(place, source).is_dir():
        raise NothingToSalvage(str(place))
    return _from_copy(hq, source, place)


def _from_ledger(keys: SalvageKeys, hq: Hq, clock: Clock, found: Path) -> Salvaged:
    """Work on a copy: a dead disk is only read, and opening a ledger writes."""
    with tempfile.TemporaryDirectory() as room:
        ours = Path(room) / _LEDGER
        try:
            for part in ("", "-wal"):
                beside = found.with_name(found.name + part)
                if beside.exists():
                    shutil.copyfile(beside, ours.with_name(ours.name + part))
        except OSError as failed:
            raise volume_fact(failed, found.parent) from failed
        secrets = LedgerKeys(keys.database, keys.seed, bytes(32))
        with Ledger(ours, secrets, clock, Founding("", "", "", b"")) as ledger:
            if (ledger.node.id, ledger.node.epoch) != (keys.node, keys.epoch):
                raise NothingToSalvage(str(found))
            ensure_journal(ledger)
            told = push_archive(_at(ledger), hq)
            return Salvaged(told, hq.open_session().known.seq)


def _from_copy(hq: Hq, source: Source, volume: Path) -> Salvaged:
    events, trouble = _readable(volume, source)
    session = hq.open_session()
    known = session.known.seq
    ours = events[known - 1].hash if 0 < known <= len(events) else NO_HASH
    if known < len(events) and ours.hex() != session.known.hash:
        raise ChainDiffers(known)
    rest, upto = events[known:], known
    while rest:
        rows = _fitting(rest)
        previous = events[rows[0].seq - 2].hash if rows[0].seq > 1 else NO_HASH
        hq.push(translate.push_of(_batch(source, session.incarnation, rows, previous, events)))
        rest, upto = rest[len(rows) :], rows[-1].seq
    return Salvaged(max(len(events) - known, 0), upto, trouble)


def _readable(volume: Path, source: Source) -> tuple[list[Stored], PosError | None]:
    found: list[Stored] = []
    try:
        found.extend(read_copy(volume, source))
    except PosError as trouble:
        return found, trouble
    return found, None


def _fitting(rows: list[Stored]) -> list[Stored]:
    """Return the first events, as many as fit into one push."""
    size, fitting = 0, rows[:1]
    for row in rows[1:BATCH_EVENTS]:
        size += len(row.payload)
        if size + len(rows[0].payload) > BATCH_BYTES:
            break
        fitting.append(row)
    return fitting


def _batch(
    source: Source, incarnation: int, rows: list[Stored], previous: bytes, events: list[Stored]
) -> Batch:
    return Batch(
        source.node,
        source.epoch,
        incarnation,
        rows[0].seq,
        previous,
        events[-1].seq,
        tuple(row.payload for row in rows),
        tuple(row.signature for row in rows),
        (),
    )


def _at(ledger: Ledger) -> AtLedger:
    def at(task: Callable[[Ledger], T], /) -> T:
        return task(ledger)

    return at
