"""APSW's connection as our driver's: what `LedgerFile`, SQLAlchemy and Alembic ask of one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, Self

import apsw
import sqlcipher3.dbapi2 as driver

from pos_app.ledger.store.driver import LEAST_SQLITE, translated, tune
from tests.e2e.crash_disk.disk import CrashDisk, PowerCut
from tests.e2e.crash_disk.vfs import NAME, CrashVFS


@contextmanager
def crash_opener(disk: CrashDisk, *, synchronous: str = "FULL") -> Iterator["CrashOpener"]:
    """Yield what opens ledgers on this disk; one disk at a time."""
    door = CrashVFS(disk)
    try:
        yield CrashOpener(synchronous)
    finally:
        door.unregister()


class CrashOpener:
    """Opens a ledger on a crash disk, in the clear and exclusively.

    APSW's files share no memory, so that the write-ahead log needs `locking_mode=EXCLUSIVE`, and
    the reader is the writer's connection with writing refused.
    """

    def __init__(self, synchronous: str) -> None:
        assert tuple(map(int, apsw.sqlite_lib_version().split("."))) >= LEAST_SQLITE
        self._synchronous = synchronous
        self._writer: apsw.Connection | None = None

    def __call__(self, path: Path, _key: bytes, /, *, query_only: bool = False) -> "Connection":
        if query_only:
            assert self._writer is not None, "the ledger opens its writer first"
            return Connection(self._writer, query_only=True)
        with translated(path):
            return self._opened(path)

    def _opened(self, path: Path) -> "Connection":
        self._writer = apsw.Connection(str(path), vfs=NAME)
        connection = Connection(self._writer, query_only=False)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            tune(connection)
            connection.execute(f"PRAGMA synchronous = {self._synchronous}")
            assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
        except BaseException:
            connection.close()
            raise
        return connection


class Connection:
    """A connection by the names of Python's database interface; transactions are the caller's."""

    isolation_level = None

    def __init__(self, real: apsw.Connection, *, query_only: bool) -> None:
        self.real = real
        self.query_only = query_only

    @property
    def in_transaction(self) -> bool:
        """Say whether a transaction is open."""
        return self.real.in_transaction

    def cursor(self) -> "Answer":
        """Return a cursor."""
        return Answer(self)

    def execute(self, sql: str, parameters: tuple[Any, ...] = (), /) -> "Answer":
        """Run prepared text."""
        return Answer(self).execute(sql, parameters)

    def create_function(
        self,
        name: str,
        arguments: int,
        function: Callable[..., Any],
        *,
        deterministic: bool = False,
    ) -> None:
        """Give SQL another function."""
        self.real.create_scalar_function(name, function, arguments, deterministic=deterministic)

    def commit(self) -> None:
        """Commit what is open."""
        if self.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        """Roll back what is open."""
        if self.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        """Close; a cut during the last checkpoint is seen at the disk."""
        if not self.query_only:
            with suppress(PowerCut):
                self.real.close()


class Answer:
    """A cursor that has fetched everything, so that no statement stays open."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: Iterator[Any] = iter(())
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def execute(self, sql: str, parameters: tuple[Any, ...] = (), /) -> Self:
        """Run prepared text to its end."""
        real = self._connection.real
        cursor = real.cursor()
        cursor.exec_trace = self._begins
        try:
            self._rows = iter(cursor.execute(sql, tuple(parameters)).fetchall())
        except apsw.Error as error:
            raise _as_our_driver_says(error) from error
        self.rowcount = -1 if self.description else real.changes()
        self.lastrowid = real.last_insert_rowid()
        return self

    def fetchone(self) -> Any:  # noqa: ANN401 -- a row is whatever its SQL says
        """Return the next row, None after the last."""
        return next(self._rows, None)

    def fetchmany(self, size: int = arraysize) -> list[Any]:
        """Return the next rows."""
        return list(islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def close(self) -> None:
        """Drop the rows that are left."""
        self._rows = iter(())

    def _begins(self, cursor: apsw.Cursor, _sql: str, _bindings: object) -> bool:
        if self._connection.query_only and not cursor.is_readonly:
            raise _error(driver.OperationalError, "the reader cannot write", "SQLITE_READONLY")
        named = cursor.get_description()
        self.description = tuple((name, *[None] * 6) for name, _ in named) or None
        return True


def _as_our_driver_says(error: apsw.Error) -> Exception:
    known = isinstance(error, apsw.ConstraintError)
    names = {**apsw.mapping_result_codes, **apsw.mapping_extended_result_codes}
    code = str(names.get(getattr(error, "extendedresult", 1), "SQLITE_ERROR"))
    return _error(driver.IntegrityError if known else driver.OperationalError, str(error), code)


def _error(of: type[Exception], said: str, name: str) -> Exception:
    error: Any = of(said)
    error.sqlite_errorname = name
    return error  # type: ignore[no-any-return]
