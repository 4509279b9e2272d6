"""The book after a busy day, and the same book from behind; what a thief does is undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.driver import Statements
from tests.fakes import FakeClock
from tests.ledger.book_rows import thief
from tests.ledger.store.busy_day import busy_day
from tests.shop import TEST_KEYS, founding, open_shop


@pytest.fixture(scope="package")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Close a shop after a busy day, and return its file."""
    shop = open_shop(tmp_path_factory.mktemp("busy"), FakeClock())
    busy_day(shop)
    shop.ledger.close()
    return shop.ledger.path


@pytest.fixture(scope="package")
def book(busy: Path) -> Iterator[Ledger]:
    """Open that shop's ledger for reading."""
    with Ledger(busy, TEST_KEYS, FakeClock(), founding()) as ledger:
        yield ledger


@pytest.fixture(scope="package")
def from_behind(book: Ledger) -> Iterator[Statements]:
    """Open its file from behind, once."""
    with thief(book.path) as statements:
        yield statements


@pytest.fixture
def behind(from_behind: Statements) -> Iterator[Statements]:
    """Return the file from behind; whatever the test changes is undone."""
    from_behind.execute("BEGIN")
    yield from_behind
    from_behind.execute("ROLLBACK")
