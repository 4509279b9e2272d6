"""A disk that fails when it is told to: real connections whose statements may be cut off."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from pos_app.ledger.store.driver import Cursor, connect


class Outcome(Enum):
    """What became of a commit whose call failed."""

    LOST = "lost"
    KEPT = "kept"


@dataclass
class BadDisk:
    """Opens connections. `breaks_in` statements from now one fails, or the next commit does."""

    breaks_in: int | None = None
    next_commit: Outcome | None = None
    no_checkpoint: bool = False
    writers: list["Unlucky"] = field(default_factory=list)

    def __call__(self, path: Path, key: bytes, *, query_only: bool = False) -> Any:  # noqa: ANN401 -- untyped driver
        connection = connect(path, key, query_only=query_only)
        if query_only:
            return connection
        self.writers.append(Unlucky(connection, self))
        return self.writers[-1]

    def run(self, connection: Any, sql: str, parameters: tuple[Any, ...]) -> Cursor:  # noqa: ANN401
        """Run a statement, unless this is the one that fails."""
        self._count_down()
        if self.no_checkpoint and "wal_checkpoint" in sql:
            raise io_error()
        if sql != "COMMIT" or self.next_commit is None:
            return connection.execute(sql, parameters)  # type: ignore[no-any-return]
        outcome, self.next_commit = self.next_commit, None
        if outcome is Outcome.KEPT:
            connection.execute(sql)
        raise io_error()

    def fill(self, pages_left: int) -> None:
        """Leave room for so many pages in the file of the writer."""
        writer = self.writers[-1].real
        (pages,) = writer.execute("PRAGMA page_count").fetchone()
        writer.execute(f"PRAGMA max_page_count = {pages + pages_left}").fetchone()

    def _count_down(self) -> None:
        if self.breaks_in is None:
            return
        self.breaks_in -= 1
        if self.breaks_in < 0:
            self.breaks_in = None
            raise io_error()


@dataclass
class Unlucky:
    """A writer on a bad disk."""

    real: Any
    disk: BadDisk

    def execute(self, sql: str, parameters: tuple[Any, ...] = (), /) -> Cursor:
        """Run prepared text, as far as the disk lets it."""
        return self.disk.run(self.real, sql, parameters)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- everything else is the driver's own
        return getattr(self.real, name)


def io_error() -> driver.OperationalError:
    """Return what the driver raises when the device fails."""
    error = driver.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
    return error
