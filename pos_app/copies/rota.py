"""When a backup is due: an hour after the last, if anything was written since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pos_app.clock import Clock
from pos_app.copies.backups import Keep, Made, backups_in, make_backup, prune
from pos_app.copies.facts import volume_fact
from pos_app.copies.source import Source
from pos_app.errors import PosError
from pos_app.ledger.store.link_rows import head_seq

EVERY = timedelta(hours=1)
AFTER_START = timedelta(minutes=1)
AFTER_FAILURE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Place:
    """Where backups go and how many stay; `ours` is a folder that the program itself may make."""

    folder: Path
    keep: Keep
    ours: bool


class Rota:
    """Use it from one thread. A backup that failed is tried again five minutes later."""

    def __init__(self, source: Source, place: Place, now: Clock, pause: Callable[[], None]) -> None:
        self._source = source
        self._place = place
        self._now = now
        self._pause = pause
        self._next = now() + AFTER_START

    def beat(self) -> bool:
        """Make the backup that is due; say whether it was time to look. Raises like `make_backup`.

        A clock that was set back waits an hour, not as long as it was wrong.
        """
        now = self._now()
        if now < self._next and self._next - now <= EVERY:
            return False
        self._next = now + EVERY
        try:
            self._make_if_new(now)
        except PosError:
            self._next = now + AFTER_FAILURE
            raise
        return True

    def make(self) -> Made:
        """Make one now, whether it is due or not, and let go of those that need not stay."""
        folder = self._place.folder
        if self._place.ours:
            try:
                folder.mkdir(exist_ok=True)
            except OSError as failed:
                raise volume_fact(failed, folder) from failed
        made = make_backup(self._source, folder, self._now(), self._pause)
        prune(folder, self._source, self._place.keep)
        return made

    def _make_if_new(self, now: datetime) -> None:
        """Make one, unless the last is fresh or nothing was written since."""
        known = backups_in(self._place.folder, self._source)
        last = known[-1] if known else None
        if last is not None and timedelta() <= now - last.at < EVERY:
            self._next = last.at + EVERY
        elif last is None or (last.epoch, last.seq) != (self._source.epoch, self._head()):
            self.make()

    def _head(self) -> int:
        reader = self._source.reader()
        try:
            return head_seq(reader)
        finally:
            reader.close()
