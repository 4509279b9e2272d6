"""The only door to SQLCipher: opening, pragmas, and what its errors mean to us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, StaticPool, create_engine
from sqlalchemy.exc import DBAPIError

from pos_app.errors import PosError

LEAST_SQLITE = (3, 51, 3)
CACHE_KIB = 62_500  # 64 MB
# Below the size at which a commit checkpoints: a log that stayed longer would let every one do so.
WAL_LIMIT = 16 * 1024 * 1024


class Cursor(Protocol):
    """What a prepared statement gives back."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...  # noqa: ANN401 -- a row is whatever its SQL says
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Statements(Protocol):
    """Anything that runs prepared text: a write transaction, a reader, a bare connection."""

    def execute(self, sql: str, parameters: tuple[Any, ...] = (), /) -> Cursor: ...


class Opener(Protocol):
    """How a ledger gets its two connections: `connect`, or what measures beside it."""

    def __call__(self, path: Path, key: bytes, /, *, query_only: bool = False) -> Any: ...  # noqa: ANN401 -- untyped driver


@dataclass(eq=False)
class LedgerUnreadable(PosError):
    """The file does not open with this key: another store's key, or a damaged first page."""

    path: str


@dataclass(eq=False)
class LedgerDamaged(PosError):
    """A page of the file fails its check."""

    detail: str


@dataclass(eq=False)
class LedgerReadOnly(PosError):
    """The file or its folder cannot be written."""

    path: str


@dataclass(eq=False)
class DiskFull(PosError):
    """The book could not be written for want of space; nothing was kept."""


@dataclass(eq=False)
class DiskFailed(PosError):
    """The disk reported an error.

    Whether the last write is there is looked up before anything else.
    """

    detail: str


@dataclass(eq=False)
class LedgerBusy(PosError):
    """Another program holds the file."""


@dataclass(eq=False)
class SqliteTooOld(PosError):
    """An SQLite that can lose a WAL reset (fixed in 3.51.3); the ledger does not open on it."""

    version: str


def connect(path: Path, key: bytes, *, query_only: bool = False) -> Any:  # noqa: ANN401 -- untyped driver
    """Open the encrypted file with a raw 256-bit key. Raises the facts of this module."""
    if driver.sqlite_version_info < LEAST_SQLITE:
        raise SqliteTooOld(driver.sqlite_version)
    with translated(path):
        connection = driver.connect(
            str(path), isolation_level=None, cached_statements=256, timeout=5
        )
        try:
            _unlock(connection, key)
            tune(connection)
            if query_only:
                connection.execute("PRAGMA query_only = ON")
        except driver.DatabaseError:
            connection.close()
            raise
    return connection


def _unlock(connection: Any, key: bytes) -> None:  # noqa: ANN401 -- untyped driver
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def tune(connection: Any) -> None:  # noqa: ANN401 -- untyped driver
    """Set what every connection to a ledger runs with, the encryption apart."""
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "fullfsync = ON",
        "checkpoint_fullfsync = ON",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "recursive_triggers = ON",  # or INSERT OR REPLACE would slip past the triggers on DELETE
        "temp_store = MEMORY",
        "mmap_size = 0",
        f"cache_size = -{CACHE_KIB}",
        f"journal_size_limit = {WAL_LIMIT}",
        "wal_autocheckpoint = 0",
    ):
        connection.execute(f"PRAGMA {pragma}")


def engine_on(connection: Any) -> Engine:  # noqa: ANN401 -- untyped driver
    """Give SQLAlchemy Core this one connection; transactions stay ours (`isolation_level=None`)."""
    return create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connection,
        poolclass=StaticPool,
        isolation_level=None,
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's errors into our facts, once, at the border.

    A broken rule of the book stays a bug.
    """
    try:
        yield
    except (driver.DatabaseError, DBAPIError) as error:
        fact = _fact(getattr(error, "orig", error), path)
        if fact is None:
            raise
        raise fact from error


@dataclass(frozen=True, slots=True)
class Rows:
    """A reader's cursor: a page that fails its check may be met only while fetching."""

    cursor: Cursor
    path: Path

    @property
    def rowcount(self) -> int:
        """How many rows were changed; a reader changes none."""
        return self.cursor.rowcount

    def fetchone(self) -> Any:  # noqa: ANN401 -- a row is whatever its SQL says
        """Return the next row. Raises LedgerDamaged."""
        with translated(self.path):
            return self.cursor.fetchone()

    def fetchall(self) -> list[Any]:
        """Return the rows that are left. Raises LedgerDamaged."""
        with translated(self.path):
            return self.cursor.fetchall()

    def __iter__(self) -> Iterator[Any]:
        with translated(self.path):
            yield from self.cursor


def _fact(error: Any, path: Path) -> PosError | None:  # noqa: ANN401 -- untyped driver
    name = getattr(error, "sqlite_errorname", None) or ""
    facts: tuple[tuple[str, PosError], ...] = (
        ("SQLITE_NOTADB", LedgerUnreadable(str(path))),
        ("SQLITE_FULL", DiskFull()),
        ("SQLITE_CORRUPT", LedgerDamaged(str(error))),
        ("SQLITE_READONLY", LedgerReadOnly(str(path))),
        ("SQLITE_CANTOPEN", LedgerReadOnly(str(path))),
        ("SQLITE_IOERR", DiskFailed(name)),
        ("SQLITE_BUSY", LedgerBusy()),
        ("SQLITE_LOCKED", LedgerBusy()),
    )
    return next((fact for code, fact in facts if name.startswith(code)), None)
