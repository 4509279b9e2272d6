"""The ledger file from behind: its tables as they are, and a way to change what must not change."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.driver import Statements, connect
from pos_app.ledger.store.tables import DERIVED
from pos_app.ledger.store.verify import verify
from pos_app.security.signing import Signer
from tests.shop import TEST_KEYS

Tables = dict[str, list[tuple[Any, ...]]]


def derived_tables(ledger: Ledger) -> Tables:
    """Return every derived table, row by row."""
    return {table.name: rows(ledger.read(), table.name) for table in DERIVED}


def rows(reader: Statements, table: str) -> list[tuple[Any, ...]]:
    """Return a table in an order that does not depend on its pages."""
    found = reader.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 -- a name of ours
    return sorted(map(tuple, found), key=repr)


@contextmanager
def thief(path: Path) -> Iterator[Statements]:
    """Open the file beside the program, with the key, and with the triggers gone."""
    connection = connect(path, TEST_KEYS.database)
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in connection.execute(triggers).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield connection
    finally:
        connection.close()


def first_fault(ledger: Ledger) -> str:
    """Return the name of the check that finds the first fault; empty for a sound book."""
    results = list(verify(ledger.read(), public_key=ledger.public_key))
    return results[-1].check if results[-1].fault else ""


def found_by(behind: Statements) -> str:
    """Return the name of the check that finds the first fault in the book as seen from behind."""
    results = list(verify(behind, public_key=Signer(TEST_KEYS.node).public_key))
    return results[-1].check if results[-1].fault else ""
