"""Many rows in one statement, and questions about many keys: the same text on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import LargeBinary, Table, Text

from pos_hq.store.database import Connection

_KEYS_AT_ONCE = 10_000  # SQLite takes 32,766 parameters
_KEYS = "{keys}"


def insert_many(
    book: Connection, table: Table, rows: Sequence[tuple[Any, ...]], then: str = ""
) -> None:
    """Insert rows whose values stand in the order of the columns; `then` is an ON CONFLICT."""
    if not rows:
        return
    into = f"INSERT INTO {table.name} ({_names(table)})"
    if book.dialect.name == "postgresql" and not then:
        _copy(book, table, rows)
        return
    if book.dialect.name == "postgresql":
        arrays = ", ".join(f"%b::{kind}[]" for kind in _kinds(table))
        columns = tuple(list(column) for column in zip(*rows, strict=True))
        into = f"{into} SELECT * FROM unnest({arrays}) {then}"  # noqa: S608 -- our own names
        book.exec_driver_sql(into, columns)
        return
    marks = ", ".join("?" * len(rows[0]))
    book.exec_driver_sql(f"{into} VALUES ({marks}) {then}", list(rows))


def upsert(table: Table, *key: str) -> str:
    """Return the ON CONFLICT that lays a row over the one of the same key."""
    others = [column.name for column in table.columns if column.name not in key]
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"


def fetch(book: Connection, sql: str, *parameters: object) -> Sequence[Any]:
    """Return the rows of a question; `?` stands for a parameter on both databases."""
    return book.exec_driver_sql(_marked(book, sql), parameters).fetchall()


def stream(book: Connection, sql: str, size: int, *parameters: object) -> Iterator[Sequence[Any]]:
    """Yield the rows of a question part by part; the database keeps those still to come."""
    kept_there = {"stream_results": True, "max_row_buffer": size}
    asked = _marked(book, sql)
    with book.exec_driver_sql(asked, parameters, execution_options=kept_there) as rows:
        yield from rows.partitions(size)


def run(book: Connection, sql: str, *parameters: object) -> int:
    """Run one statement and return how many rows it changed."""
    return book.exec_driver_sql(_marked(book, sql), parameters).rowcount


def fetch_of(book: Connection, sql: str, keys: Sequence[Any], *parameters: object) -> list[Any]:
    """Return the rows of a question about many keys: `IN {keys}` comes before other parameters."""
    found: list[Any] = []
    if book.dialect.name == "postgresql":
        if keys:
            asked = _marked(book, sql.replace(f"IN {_KEYS}", "= ANY(?)"))
            found.extend(book.exec_driver_sql(asked, (list(keys), *parameters)).fetchall())
        return found
    for some in _in_parts(keys):
        asked = sql.replace(_KEYS, f"({', '.join('?' * len(some))})")
        found.extend(book.exec_driver_sql(asked, (*some, *parameters)).fetchall())
    return found


def locked(book: Connection, sql: str) -> str:
    """Return the question that also locks its rows; SQLite's writer holds all of them anyway."""
    return f"{sql} FOR UPDATE" if book.dialect.name == "postgresql" else sql


def _copy(book: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Pour rows in: several times as fast as any INSERT."""
    raw = book.connection.driver_connection
    assert raw is not None, "a transaction has its connection"
    into = f"COPY {table.name} ({_names(table)}) FROM STDIN"
    with raw.cursor() as cursor, cursor.copy(into) as stream:
        for row in rows:
            stream.write_row(row)


def _in_parts(keys: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        yield tuple(keys[start : start + _KEYS_AT_ONCE])


def _marked(book: Connection, sql: str) -> str:
    if book.dialect.name == "postgresql":
        return sql.replace("%", "%%").replace("?", "%s")
    return sql


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _kinds(table: Table) -> Iterator[str]:
    for column in table.columns:
        if isinstance(column.type, LargeBinary):
            yield "bytea"
        else:
            yield "text" if isinstance(column.type, Text) else "bigint"
