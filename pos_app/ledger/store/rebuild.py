"""Making every derived table anew, and telling how far the old one was from it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ledger.store.book import Book
from pos_app.ledger.store.tables import DERIVED


@dataclass(frozen=True, slots=True)
class TableCompared:
    """A table made anew: its rows now, and how many rows were missing or wrong before."""

    name: str
    rows: int
    wrong: int


def rebuild(book: Book) -> tuple[TableCompared, ...]:
    """Replay the journal inside this transaction; compare each table with what it was before."""
    names = [table.name for table in DERIVED]
    for name in names:
        book.execute(f"CREATE TEMP TABLE was_{name} AS SELECT * FROM main.{name}")  # noqa: S608 -- ours
    book.rebuild()
    compared = tuple(_compared(book, name) for name in names)
    for name in names:
        book.execute(f"DROP TABLE temp.was_{name}")
    return compared


def _compared(book: Book, name: str) -> TableCompared:
    (rows,) = book.execute(f"SELECT count(*) FROM main.{name}").fetchone()  # noqa: S608 -- ours
    (wrong,) = book.execute(
        f"SELECT count(*) FROM (SELECT * FROM main.{name} EXCEPT SELECT * FROM temp.was_{name}"  # noqa: S608 -- ours
        f" UNION ALL SELECT * FROM"
        f" (SELECT * FROM temp.was_{name} EXCEPT SELECT * FROM main.{name}))"
    ).fetchone()
    return TableCompared(name, int(rows), int(wrong))
