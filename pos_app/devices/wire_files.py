"""Printers that are files: a device node, a shared Windows printer, a folder of numbered jobs."""

import os
import select
from pathlib import Path

from pos_app.devices.wire import PATIENCE_S

# Where it exists, a printer that is off or full cannot hold the program up for ever.
_NO_WAITING: int = getattr(os, "O_NONBLOCK", 0)
_AS_BYTES: int = getattr(os, "O_BINARY", 0)
_SUFFIX = ".bin"


class FileWire:
    """Writes over a file. Nothing is created in /dev: a name without a device is unplugged."""

    def __init__(self, path: Path) -> None:
        create = 0 if path.parts[1:2] == ("dev",) else os.O_CREAT
        flags = os.O_WRONLY | os.O_TRUNC | create | _NO_WAITING | _AS_BYTES
        self._file = os.open(path, flags, 0o600)

    def send(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            if _NO_WAITING and not select.select([], [self._file], [], PATIENCE_S)[1]:
                raise TimeoutError
            left = left[os.write(self._file, left) :]

    def ask(self, query: bytes) -> bytes:
        """Return nothing: `query` would only end up in the file."""
        del query
        return b""

    def finish(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        os.close(self._file)


class FolderWire:
    """Keeps each job in a file of its own, from 000001.bin on, complete or not there at all."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._job = bytearray()

    def send(self, data: bytes) -> None:
        self._job += data

    def ask(self, query: bytes) -> bytes:
        """Return nothing: `query` is no part of the job."""
        del query
        return b""

    def finish(self) -> None:
        unfinished = self._folder / "job.part"
        unfinished.write_bytes(self._job)
        unfinished.rename(self._folder / f"{self._next_number():06}{_SUFFIX}")

    def close(self) -> None:
        """Nothing is held open; a job that did not finish leaves no file."""

    def _next_number(self) -> int:
        names = (path.stem for path in self._folder.glob(f"*{_SUFFIX}"))
        return max((int(name) for name in names if name.isdecimal()), default=0) + 1
