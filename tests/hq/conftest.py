"""HQ is tested twice: on an SQLite file and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pos_hq.hq import Hq
from pos_hq.store.engine import open_engine
from tests.fakes import FakeClock
from tests.hq.desk import Author, author, open_hq


@pytest.fixture(params=["sqlite", "postgresql"])
def hq_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hq.db'}"
    return str(request.getfixturevalue("postgres")())


@pytest.fixture
def hq_engine(hq_url: str) -> Iterator[Engine]:
    """Return an engine on an empty database of either kind."""
    engine = open_engine(hq_url)
    yield engine
    engine.dispose()


@pytest.fixture
def desk(hq_engine: Engine, clock: FakeClock) -> Hq:
    """Return a founded HQ with one store, on a database of either kind."""
    return open_hq(hq_engine, clock)


@pytest.fixture
def home(desk: Hq) -> Author:
    return author(desk, "home")


@pytest.fixture
def away(desk: Hq) -> Author:
    return author(desk, "away")
