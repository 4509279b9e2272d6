"""One process at a time: what a second one must not do beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from filelock import FileLock, Timeout

from pos_hq.facts import UnderWay
from pos_hq.store.database import Database


@contextmanager
def alone(engine: Database, what: str) -> Iterator[None]:
    """Keep everybody else who serves this database from doing the same; a crash lets go of it.

    Raises UnderWay.
    """
    holding = _in_database if engine.dialect.name == "postgresql" else _beside_file
    with holding(engine, what):
        yield


@contextmanager
def _in_database(engine: Database, what: str) -> Iterator[None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = (crc32(what.encode()),)
        if not connection.exec_driver_sql("SELECT pg_try_advisory_lock(%s)", key).scalar():
            raise UnderWay(what)
        try:
            yield
        finally:
            connection.exec_driver_sql("SELECT pg_advisory_unlock(%s)", key)


@contextmanager
def _beside_file(engine: Database, what: str) -> Iterator[None]:
    lock = FileLock(f"{engine.url.database}.{what}.lock", thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise UnderWay(what) from None
    try:
        yield
    finally:
        lock.release()
