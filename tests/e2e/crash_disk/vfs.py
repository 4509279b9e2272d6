"""SQLite's door to the crash disk."""

from pathlib import Path

import apsw

from tests.e2e.crash_disk.disk import CrashDisk

NAME = "crash"


class CrashVFS(apsw.VFS):
    """Opens files on one disk. Locks, names and sizes of sectors are the system's own."""

    def __init__(self, disk: CrashDisk) -> None:
        self._disk = disk
        super().__init__(NAME, "")

    def xOpen(  # noqa: N802 -- SQLite's name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> "CrashFile":
        """Open a file; SQLite keeps its nameless ones in memory."""
        assert name is not None, "temp_store is MEMORY"
        return CrashFile(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001 -- SQLite's
        """Delete a file. A deletion is safe at once: names are not what is tried here."""
        self._disk.forget(Path(filename))
        super().xDelete(filename, syncdir)


class CrashFile(apsw.VFSFile):
    """One open file: its bytes pass through the disk, its locks do not."""

    def __init__(self, disk: CrashDisk, name: str | apsw.URIFilename, flags: list[int]) -> None:
        disk.ensure_power()
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._disk = disk
        self._content = disk.content_of(Path(path))

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 -- SQLite's name
        """Read what was written, safe or not."""
        return bytes(self._content.seen[offset : offset + amount])

    def xFileSize(self) -> int:  # noqa: N802 -- SQLite's name
        """Return how long the program sees the file."""
        return len(self._content.seen)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 -- SQLite's name
        """Write, not safely yet."""
        self._disk.write(self._content, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 -- SQLite's name
        """Cut off, not safely yet."""
        self._disk.truncate(self._content, newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802, ARG002 -- SQLite's name and signature
        """Make safe what was written."""
        self._disk.sync(self._content)
