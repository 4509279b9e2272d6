"""HQ is tested twice: on an SQLite file and on a real PostgreSQL."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pos_hq.fold.case_kinds import FACTS
from pos_hq.hq import Hq
from pos_hq.store.bulk import fetch
from pos_hq.store.engine import open_engine
from tests.fakes import FakeClock
from tests.hq.command_line import command
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
def desk(hq_engine: Engine, clock: FakeClock) -> Iterator[Hq]:
    """Return a founded HQ with one store, on a database of either kind.

    Whatever exceptions a test opened, they state facts that a terminal has words for; the alarm of
    the redemption rate is told to no terminal.
    """
    hq = open_hq(hq_engine, clock)
    yield hq
    with hq.read() as book:
        sides = fetch(book, "SELECT here, there FROM exception WHERE type <> 'POINTS_RATE'")
    assert {name for side in sides for text in side for name in json.loads(text)} <= set(FACTS)


@pytest.fixture
def home(desk: Hq) -> Author:
    return author(desk, "home")


@pytest.fixture
def away(desk: Hq) -> Author:
    return author(desk, "away")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where a fresh HQ with one store lies."""
    for name in os.environ:
        if name.startswith("HQ_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    monkeypatch.setenv("HQ_PORT", "0")
    assert command("init").exit_code == 0
    assert command("create-store", "S01", "Riverside").exit_code == 0
    return tmp_path / "hq"
