"""A disk that loses power: of what was not synced it keeps any sectors, in any order, or none."""

import random
from itertools import pairwise
from pathlib import Path

SECTOR = 512


class PowerCut(Exception):
    """The power is gone: nothing reaches the disk any more."""


class Content:
    """One file: what the program sees of it, and what has not reached the disk yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.seen = bytearray(path.read_bytes())
        self._unsynced: list[tuple[int, bytes | None]] = []

    def write(self, offset: int, data: bytes) -> None:
        """Take what the program writes, sector by sector."""
        self.seen.extend(bytes(max(0, offset - len(self.seen))))
        self.seen[offset : offset + len(data)] = data
        sectors = range(SECTOR - offset % SECTOR, len(data), SECTOR)
        for start, end in pairwise((0, *sectors, len(data))):
            self._unsynced.append((offset + start, data[start:end]))

    def truncate(self, size: int) -> None:
        """Cut the file off."""
        del self.seen[size:]
        self._unsynced.append((size, None))

    def sync(self) -> None:
        """Bring everything to the disk, in the order of its writing."""
        self._reaches_the_disk(self._unsynced)
        self._unsynced = []

    def lose_power(self, dice: random.Random) -> None:
        """Let some of the unsynced sectors reach the disk, in any order, and forget the others."""
        share = dice.choice((0.0, 0.5, 1.0, dice.random()))
        survivors = [one for one in self._unsynced if dice.random() < share]
        dice.shuffle(survivors)
        self._reaches_the_disk(survivors)

    def _reaches_the_disk(self, changes: list[tuple[int, bytes | None]]) -> None:
        with self._path.open("r+b") as kept:
            for offset, data in changes:
                if data is None:
                    kept.truncate(offset)
                else:
                    kept.seek(offset)
                    kept.write(data)


class CrashDisk:
    """Holds files, and loses power at the write, truncation, sync or deletion that it is told.

    The real files hold what is safe: what was synced, and after a power cut what was left. A lying
    disk says that it has synced and has not.
    """

    def __init__(self, dice: random.Random, *, lying: bool = False) -> None:
        self.steps = 0
        self.off = False
        self._cut_at: int | None = None
        self._dice = dice
        self._lying = lying
        self._contents: dict[Path, Content] = {}

    def ensure_power(self) -> None:
        """Raise PowerCut when there is none."""
        if self.off:
            raise PowerCut

    def cut_in(self, steps: int) -> None:
        """Lose power so many steps from now."""
        self._cut_at = self.steps + steps

    def content_of(self, path: Path) -> Content:
        """Return the content of a file that is there by name."""
        if path not in self._contents:
            self._contents[path] = Content(path)
        return self._contents[path]

    def write(self, content: Content, offset: int, data: bytes) -> None:
        """Write; the write at which the power goes is itself torn."""
        self.ensure_power()
        content.write(offset, data)
        self._step()

    def truncate(self, content: Content, size: int) -> None:
        """Cut a file off."""
        self.ensure_power()
        content.truncate(size)
        self._step()

    def sync(self, content: Content) -> None:
        """Make a file safe, unless the power goes first, or the disk lies."""
        self.ensure_power()
        self._step()
        if not self._lying:
            content.sync()

    def forget(self, path: Path) -> None:
        """Delete a file, unless the power goes first."""
        self.ensure_power()
        self._step()
        self._contents.pop(path, None)

    def power_returns(self) -> None:
        """Settle what the cut has left of every file, and start again. All files are closed."""
        for content in self._contents.values():
            content.lose_power(self._dice)
        self._contents.clear()
        self._cut_at, self.off = None, False

    def _step(self) -> None:
        self.steps += 1
        self.off = self.steps == self._cut_at
        self.ensure_power()
