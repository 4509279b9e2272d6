"""The door to HQ's database: one file for a store, or PostgreSQL for a chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from pos_app.errors import PosError

LEAST_SQLITE = (3, 51, 3)  # older ones can lose a WAL reset
BUSY_MS = 5_000
# A reader sees one moment of the book however many statements it runs, and cannot write.
_READER: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"query_only": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


@dataclass(eq=False)
class DatabaseNotServed(PosError):
    """HQ keeps its book in an SQLite file or in PostgreSQL, and in nothing else."""

    scheme: str


def open_engine(url: str, key: bytes | None = None) -> Engine:
    """Open `sqlite:///path` or `postgresql+psycopg://…`; connections are made when needed.

    A 256-bit key encrypts an SQLite file; PostgreSQL knows its own means. Raises DatabaseNotServed.
    """
    try:
        place = make_url(url)
    except ArgumentError as error:
        raise DatabaseNotServed(url.partition(":")[0]) from error
    if place.drivername == "postgresql+psycopg":
        return create_engine(place, pool_pre_ping=True, hide_parameters=True)
    if place.drivername == "sqlite" and place.database:
        return _open_file(place, key)
    raise DatabaseNotServed(place.drivername)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that may write: kept at the end, undone by an exception.

    On SQLite writers come one after another, each holding the lock before it reads.
    """
    with engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees one moment of the book and cannot write."""
    with engine.connect() as connection:
        reader = connection.execution_options(**_READER[engine.dialect.name])
        with reader.begin():
            yield reader


def _open_file(place: URL, key: bytes | None) -> Engine:
    assert driver.sqlite_version_info >= LEAST_SQLITE, driver.sqlite_version
    untouched = {"isolation_level": None}
    # Parameters hold personal data, and a bug's traceback goes into the log.
    engine = create_engine(place, module=driver, connect_args=untouched, hide_parameters=True)

    def tune(connection: Any, _record: object) -> None:  # noqa: ANN401 -- untyped driver
        if key is not None:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in (
            f"busy_timeout = {BUSY_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "fullfsync = ON",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "recursive_triggers = ON",  # or INSERT OR REPLACE slips past the triggers on DELETE
        ):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", tune)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    reader = connection.get_execution_options().get("query_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reader else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reader else "BEGIN IMMEDIATE")
