"""The second copy's files: sealed records one after the other, and where a file ends in truth."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pos_app.copies.source import Source
from pos_app.ledger.store.copying import Stored
from pos_app.security.sealing import RecordSeal, SealBroken

_PURPOSE = b"MTC1 second copy"
_MAGIC = b"MTC1"
_HEADER = struct.Struct(">4sIQ")  # magic, length of what follows, place in the chain
_HASH, _SIGNATURE = 32, 64
_LONGEST = 1 << 24


@dataclass(frozen=True, slots=True)
class Found:
    """A record that opened, and where it ends in its file."""

    stored: Stored
    end: int


class Records:
    """Writes and reads the records of one node and epoch; no other key or place opens them."""

    def __init__(self, source: Source) -> None:
        self._seal = RecordSeal(source.key, _PURPOSE)
        self._whose = source.node.bytes + source.epoch.to_bytes(4, "big")

    def record(self, stored: Stored) -> bytes:
        """Return one event as it lies in the file: sealed, but for its place and its length."""
        plain = stored.hash + stored.signature + stored.payload
        sealed = self._seal.close(plain, self._about(stored.seq))
        return _HEADER.pack(_MAGIC, len(sealed), stored.seq) + sealed

    def read(self, path: Path) -> Iterator[Found]:
        """Yield the records of a file up to the first that is torn or does not open."""
        with path.open("rb") as file:
            while (found := self._next(file)) is not None:
                yield found

    def _next(self, file: BinaryIO) -> Found | None:
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return None
        magic, length, seq = _HEADER.unpack(header)
        sealed = file.read(min(length, _LONGEST))
        if magic != _MAGIC or len(sealed) < length:
            return None
        try:
            plain = self._seal.open(sealed, self._about(seq))
        except SealBroken:
            return None
        return Found(_stored(seq, plain), file.tell())

    def _about(self, seq: int) -> bytes:
        return self._whose + seq.to_bytes(8, "big")


def begins_whole(path: Path) -> bool:
    """Say whether the first record of a file is all there: then it is sealed, and not torn."""
    with path.open("rb") as file:
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return False
        magic, length, _seq = _HEADER.unpack(header)
        return bool(magic == _MAGIC) and path.stat().st_size >= _HEADER.size + length


def _stored(seq: int, plain: bytes) -> Stored:
    end = _HASH + _SIGNATURE
    return Stored(seq, plain[end:], plain[:_HASH], plain[_HASH:end])
