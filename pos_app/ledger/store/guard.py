"""The boot guard: how far the chain had come, kept beside the ledger's folder, not in its file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Mark:
    """The last event that this machine is known to have committed."""

    node: str
    epoch: int
    seq: int
    hash: str


class Guard:
    """Rewritten at each commit without waiting for the disk; `settle` waits for it.

    A mark behind the ledger is normal after a power cut. One ahead of it tells that the ledger
    is an older copy of itself.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)

    def read(self) -> Mark | None:
        """Return the last mark; None where there is none that can be read."""
        self._file.seek(0)
        words = self._file.read(_LENGTH).decode("ascii", "replace").split()
        if len(words) != 5 or words[4] != "." or not (words[1] + words[2]).isdigit():
            return None
        return Mark(words[0], int(words[1]), int(words[2]), words[3])

    def write(self, mark: Mark) -> None:
        """Leave a mark."""
        text = f"{mark.node} {mark.epoch} {mark.seq} {mark.hash} ."
        self._file.seek(0)
        self._file.write(text.ljust(_LENGTH - 1).encode("ascii") + b"\n")

    def settle(self) -> None:
        """Wait until the mark is on the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Settle, and let go of the file."""
        self.settle()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
