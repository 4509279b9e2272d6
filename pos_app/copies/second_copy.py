"""The second copy of the journal, on another volume: it catches up with what was committed.

It knows no state of its own: where it goes on is read from the end of its last file. Personal
data is not in it, so that erasing a person leaves nothing to erase there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pos_app.copies.facts import CopyStopped, VolumeGone, volume_fact
from pos_app.copies.records import Found, Records, begins_whole
from pos_app.copies.source import Source
from pos_app.ledger.store.copying import Stored, stored_after
from pos_app.ledger.store.file import Reader
from pos_app.ledger.store.link_rows import hash_at
from pos_app.security.chain import NO_HASH

BATCH = 500
_PATTERN = "journal-*.log"


@dataclass(frozen=True, slots=True)
class _Tail:
    """The end of the copy: its last file and how long that is, and the last event in it."""

    path: Path | None = None
    size: int = 0
    seq: int = 0
    hash: bytes = NO_HASH


def folder_of(volume: Path, source: Source) -> Path:
    """Return where the copy of this node and epoch lies on a volume that others may share."""
    return volume / f"{source.node.hex}.{source.epoch}"


def files_in(folder: Path) -> list[Path]:
    """Return the files of a copy, in order."""
    return sorted(folder.glob(_PATTERN))


class SecondCopy:
    """Use it from one thread. What a payment does is never waited for, and never waits."""

    def __init__(self, source: Source, volume: Path, *, stopping: Callable[[], bool]) -> None:
        """`volume` is a folder on the other volume, made by hand: if it is gone, so is that."""
        self._source = source
        self._volume = volume
        self._folder = folder_of(volume, source)
        self._records = Records(source)
        self._stopping = stopping
        self._reader: Reader | None = None
        self._tail: _Tail | None = None

    def catch_up(self) -> int:
        """Append what was committed since, and return how many events that were.

        Raises VolumeGone, VolumeFull, VolumeRefused, CopyStopped, and the facts of the ledger file:
        whatever is missing comes with the next call.
        """
        try:
            return self._append_new()
        except OSError as failed:
            self._tail = None
            raise volume_fact(failed, self._volume) from failed

    def close(self) -> None:
        """Let go of the ledger."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _append_new(self) -> int:
        if not self._volume.is_dir():
            self._tail = None
            raise VolumeGone(str(self._volume))
        reader = self._reader = self._reader or self._source.reader()
        tail = self._tail if self._is_still(self._tail) else self._find(reader)
        count = 0
        assert tail is not None, "it is found anew where it is not known"
        while rows := stored_after(reader, tail.seq, BATCH):
            if self._stopping():
                raise CopyStopped
            tail = self._append(tail, rows)
            count += len(rows)
        self._tail = tail
        return count

    def _is_still(self, tail: _Tail | None) -> bool:
        """Say whether the volume is the one that was left: another stick has another end."""
        if tail is None or tail.path is None:
            return False
        return tail.path.exists() and tail.path.stat().st_size == tail.size

    def _append(self, tail: _Tail, rows: list[Stored]) -> _Tail:
        self._folder.mkdir(exist_ok=True)
        earliest = "" if tail.path is None else tail.path.name
        for name, group in groupby(rows, key=lambda row: max(_file_name(row), earliest)):
            path, events = self._folder / name, list(group)
            with path.open("ab") as file:
                file.write(b"".join(map(self._records.record, events)))
                file.flush()
                os.fsync(file.fileno())
                size = file.tell()
            tail, earliest = _Tail(path, size, events[-1].seq, events[-1].hash), name
        return tail

    def _find(self, reader: Reader) -> _Tail:
        """Find the end of the copy, without what a pulled stick has torn off.

        A copy of another course of this chain, or of another key, is put aside whole: the ledger
        was taken back to a backup, or this is not our copy.
        """
        if not self._folder.exists():
            return _Tail()
        for path in reversed(files_in(self._folder)):
            last = _last(self._records, path)
            if last is None and begins_whole(path):
                return self._begin_anew(_Tail())
            if last is not None:
                _cut(path, last.end)
                tail = _Tail(path, last.end, last.stored.seq, last.stored.hash)
                ours = hash_at(reader, tail.seq) == tail.hash
                return tail if ours else self._begin_anew(tail)
            path.unlink()
        return _Tail()

    def _begin_anew(self, tail: _Tail) -> _Tail:
        aside = f"{self._folder.name}.until-{tail.seq}-{tail.hash.hex()[:8]}"
        self._folder.rename(self._folder.with_name(aside))
        return _Tail()


def _file_name(row: Stored) -> str:
    return f"journal-{row.day[:4]}{row.day[5:7]}.log"


def _last(records: Records, path: Path) -> Found | None:
    last = None
    for found in records.read(path):
        last = found
    return last


def _cut(path: Path, end: int) -> None:
    if path.stat().st_size > end:
        with path.open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())
