"""A shop that opens at once: founded one time, then copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ids import OperatorId
from tests.fakes import FakeClock
from tests.ledger.book_rows import first_fault
from tests.ledger.till_hand import PLAIN, OpenShop, noon, programme_with
from tests.shop import Shop, open_ledger, open_shop


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, OperatorId]:
    """Found a shop, close it, and return its file and its first manager."""
    folder = tmp_path_factory.mktemp("founded")
    shop = open_shop(folder, FakeClock())
    shop.ledger.close()
    return folder / "ledger.db", shop.manager


@pytest.fixture
def shop(founded: tuple[Path, OperatorId], tmp_path: Path, clock: FakeClock) -> Iterator[Shop]:
    """Open a copy of the founded shop: a real encrypted file of its own."""
    file, manager = founded
    shutil.copy2(file, tmp_path / file.name)
    ledger = open_ledger(tmp_path, clock)
    yield Shop(ledger, clock, manager)
    ledger.close()


@pytest.fixture
def opening(tmp_path: Path, clock: FakeClock) -> Iterator[OpenShop]:
    """Return a way to open a shop on a day, by the plain programme with some other figures."""
    shops = []

    def open_on(day: str, **figures: str) -> Shop:
        clock.at = noon(day)
        shops.append(open_shop(tmp_path, clock, programme_with(**{**PLAIN, **figures})))
        return shops[-1]

    yield open_on
    for shop in shops:
        assert first_fault(shop.ledger) == ""
        shop.ledger.close()
