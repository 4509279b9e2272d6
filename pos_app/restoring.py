"""Going back to a backup, for a terminal without an HQ: nobody else holds its members' rights."""

from __future__ import annotations

import shutil
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pos_app.clock import Clock
from pos_app.copies.facts import BackupFaulty, volume_fact
from pos_app.copies.reading import read_copy
from pos_app.copies.source import Source
from pos_app.errors import PosError
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys, taken
from pos_app.ledger.proof import prove
from pos_app.ledger.store.backup import Contents, contents_of
from pos_app.ledger.store.copying import Stored
from pos_app.ledger.store.driver import LedgerUnreadable, Statements, connect
from pos_app.ledger.store.file import Reader
from pos_app.ledger.store.link_rows import hash_at, head_seq
from pos_app.opening import kept_keys
from pos_app.security.keystore import KeyStore
from pos_app.settings import Settings

_REPLACED, _RESTORING = "replaced", "restoring"
_PARTS = ("", "-wal", "-shm")


@dataclass(eq=False)
class BackupOfAnother(PosError):
    """The file is no backup of this terminal: it opens with another key, or is another node's."""

    path: str


@dataclass(eq=False)
class HqDecides(PosError):
    """The ledger belongs to an HQ, which holds rights against it: it comes back with a code."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a restore would do.

    `upto` is the last event then; `brought` of them come from the second copy, `nameless` of these
    without the personal data that it does not keep. Events from `lost_from` to `lost_to` of the
    present ledger are lost, none where `lost_to` is 0; `unreadable` says that nobody can know.
    """

    upto: int
    brought: int
    nameless: int
    lost_from: int
    lost_to: int
    unreadable: bool
    trouble: PosError | None


def restore(
    settings: Settings, keys: KeyStore, clock: Clock, backup: Path, agreed: Callable[[Plan], bool]
) -> Path | None:
    """Put a backup in the place of the ledger; return where that lies now, None if not agreed.

    What the second copy knows beyond the backup is brought in as it was written and signed. Nothing
    is deleted. Raises SecondInstance, BackupOfAnother, BackupFaulty, HqDecides, and the facts of
    key store and disk; then all is as before.
    """
    kept, aside = kept_keys(keys), settings.data_dir / _RESTORING
    with taken(settings.ledger_path):
        try:
            ours = _copied(backup, aside)
            _ensure_ours(settings, kept, ours, backup)
            plan = _prepared(settings, kept, clock, ours)
            if not agreed(plan):
                return None
            return _swapped(settings, ours)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _copied(backup: Path, aside: Path) -> Path:
    """Copy the backup to where it will be worked on: the file itself is only read."""
    shutil.rmtree(aside, ignore_errors=True)
    ours = aside / "ledger.db"
    try:
        aside.mkdir()
        shutil.copyfile(backup, ours)
    except OSError as failed:
        raise volume_fact(failed, backup.parent) from failed
    return ours


def _ensure_ours(settings: Settings, keys: LedgerKeys, ours: Path, backup: Path) -> None:
    try:
        found = contents_of(ours, keys.database)
    except LedgerUnreadable as other:
        raise BackupOfAnother(str(backup)) from other
    if found.fault is not None:
        raise BackupFaulty(found.fault.check, found.fault.detail)
    present = _present(settings, keys)
    if present is not None and present.node != found.node:
        raise BackupOfAnother(str(backup))
    if found.hq_key is not None or (present is not None and present.hq_key is not None):
        raise HqDecides


def _present(settings: Settings, keys: LedgerKeys) -> Contents | None:
    """Look at the ledger that is to be replaced, if it can still be read at all."""
    if not settings.ledger_path.exists():
        return None
    try:
        return contents_of(settings.ledger_path, keys.database)
    except PosError:
        return None


def _prepared(settings: Settings, keys: LedgerKeys, clock: Clock, ours: Path) -> Plan:
    with Ledger(ours, keys, clock, Founding("", "", "", b"")) as ledger:
        source = Source(ours, keys.database, ledger.node.id, ledger.node.epoch)
        events, trouble = _beyond(settings, source, ledger.read())
        with ledger.write() as book:
            adopted = [book.adopt(stored) for stored in events]
        for checked in prove(ledger):
            if checked.fault is not None:
                raise BackupFaulty(checked.fault.check, checked.fault.detail)
        nameless = sum(event.private_digest is not None for event in adopted)
        upto = head_seq(ledger.read())
        lost = _lost(settings, keys, ledger.read())
        unreadable = lost is None and settings.ledger_path.exists()
        return Plan(upto, len(adopted), nameless, *(lost or (0, 0)), unreadable, trouble)


def _beyond(
    settings: Settings, source: Source, book: Statements
) -> tuple[list[Stored], PosError | None]:
    """Return what the second copy knows beyond the backup, and what kept it from more."""
    if settings.second_copy is None:
        return [], None
    found: list[Stored] = []
    try:
        found.extend(_continuing(read_copy(settings.second_copy, source), book))
    except PosError as trouble:
        return found, trouble
    return found, None


def _continuing(copied: Iterable[Stored], book: Statements) -> Iterable[Stored]:
    """Yield the events after the backup's last, if they follow from that very event."""
    last = head_seq(book)
    for stored in copied:
        if stored.seq <= last and stored.hash != hash_at(book, stored.seq):
            return
        if stored.seq > last:
            yield stored


def _lost(settings: Settings, keys: LedgerKeys, restored: Statements) -> tuple[int, int] | None:
    """Return from where to where the present ledger knows what the restored one will not."""
    if not settings.ledger_path.exists():
        return None
    try:
        present = Reader(settings.ledger_path, keys.database, connect)
    except PosError:
        return None
    try:
        head = head_seq(present)
        shared = range(1, min(head, head_seq(restored)) + 1)
        same = bisect_left(
            shared, 1, key=lambda seq: int(hash_at(present, seq) != hash_at(restored, seq))
        )
        return (0, 0) if same == head else (same + 1, head)
    except PosError:
        return None
    finally:
        present.close()


def _swapped(settings: Settings, ours: Path) -> Path:
    """Put the present ledger aside, and the restored one in its place."""
    ledger = settings.ledger_path
    number = len(list((settings.data_dir / _REPLACED).glob("*"))) + 1
    aside = settings.data_dir / _REPLACED / f"{number:04}"
    aside.mkdir(parents=True)
    for part in _PARTS:
        beside = ledger.with_name(ledger.name + part)
        if beside.exists():
            beside.replace(aside / beside.name)
    ours.replace(ledger)
    return aside
