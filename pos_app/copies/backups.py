"""Backups of the ledger: made aside, opened and checked, then named; a few are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pos_app.copies.facts import BackupFaulty, VolumeFull, VolumeGone, volume_fact
from pos_app.copies.source import Source
from pos_app.ledger.store.backup import Contents, contents_of, copy_file
from pos_app.ledger.store.driver import DiskFull

_ASIDE = "backup.part"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"ledger-([0-9a-f]{12})-(\d+)-(\d{8}T\d{6}Z)-(\d+)\.backup")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup by its name: when it was made, and how far it reaches."""

    path: Path
    at: datetime
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and found sound."""

    path: Path
    contents: Contents
    size: int


@dataclass(frozen=True, slots=True)
class Keep:
    """How many backups stay: the latest ones, and of the latest days the last of each."""

    latest: int
    days: int


def make_backup(source: Source, folder: Path, at: datetime, pause: Callable[[], None]) -> Made:
    """Make one backup into a folder that is there, and open and check it before it has its name.

    Raises VolumeGone, VolumeFull, VolumeRefused, BackupFaulty, and the facts of the ledger file.
    """
    aside = folder / f"{source.node.hex}.{_ASIDE}"
    try:
        if not folder.is_dir():
            raise VolumeGone(str(folder))
        _clear(aside)
        copy_file(source.path, source.key, aside, pause)
        contents = contents_of(aside, source.key)
        if contents.fault is not None:
            raise BackupFaulty(contents.fault.check, contents.fault.detail)
        path = folder / _name_of(contents, at)
        aside.replace(path)
        return Made(path, contents, path.stat().st_size)
    except DiskFull as full:
        raise VolumeFull(str(folder)) from full
    except OSError as failed:
        raise volume_fact(failed, folder) from failed
    finally:
        with suppress(OSError):  # what stays behind on a pulled volume is cleared the next time
            _clear(aside)


def backups_in(folder: Path, source: Source) -> list[Backup]:
    """Return this terminal's backups in a folder, oldest first. Raises VolumeRefused."""
    try:
        found = [_read_name(path, source) for path in folder.glob("ledger-*.backup")]
    except OSError as failed:
        raise volume_fact(failed, folder) from failed
    return sorted((one for one in found if one is not None), key=lambda one: one.at)


def surplus(backups: Iterable[Backup], keep: Keep) -> list[Backup]:
    """Return the backups that need not stay."""
    newest_first = sorted(backups, key=lambda one: one.at, reverse=True)
    days: dict[str, Backup] = {}
    for one in newest_first:
        days.setdefault(f"{one.at:%Y%m%d}", one)
    stay = {one.path for one in (*newest_first[: keep.latest], *list(days.values())[: keep.days])}
    return [one for one in newest_first if one.path not in stay]


def prune(folder: Path, source: Source, keep: Keep) -> int:
    """Delete the backups that need not stay; return how many those were. Raises VolumeRefused."""
    gone = surplus(backups_in(folder, source), keep)
    try:
        for one in gone:
            one.path.unlink()
    except OSError as failed:
        raise volume_fact(failed, folder) from failed
    return len(gone)


def _name_of(contents: Contents, at: datetime) -> str:
    stamp = at.astimezone(UTC).strftime(_STAMP)
    return f"ledger-{contents.node.hex[-12:]}-{contents.epoch}-{stamp}-{contents.seq}.backup"


def _read_name(path: Path, source: Source) -> Backup | None:
    named = _NAME.fullmatch(path.name)
    if named is None or named[1] != source.node.hex[-12:]:
        return None
    at = datetime.strptime(named[3], _STAMP).replace(tzinfo=UTC)
    return Backup(path, at, int(named[2]), int(named[4]))


def _clear(aside: Path) -> None:
    """Take away what was not finished, and what SQLite lays beside a file while it is open."""
    for part in ("", "-wal", "-shm", "-journal"):
        aside.with_name(aside.name + part).unlink(missing_ok=True)
