"""The doors are tested on a live server, over real HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pos_app.security.signing import Signer
from pos_hq.hq import Hq
from pos_hq.store.engine import open_engine
from tests.fakes import FakeClock
from tests.hq import desk
from tests.hq.api.live import Live, Till, live


@pytest.fixture
def hq(tmp_path: Path, clock: FakeClock) -> Iterator[Hq]:
    """Return an HQ with one store, on a file."""
    made = desk.open_hq(open_engine(f"sqlite:///{tmp_path / 'hq.db'}"), clock)
    yield made
    made.engine.dispose()


@pytest.fixture
def any_hq(hq_engine: Engine, clock: FakeClock) -> Hq:
    """Return an HQ with one store, on either kind of database."""
    return desk.open_hq(hq_engine, clock)


@pytest.fixture
def open_hq(hq: Hq) -> Iterator[Live]:
    """Return a live HQ on a file."""
    with live(hq) as opened:
        yield opened


@pytest.fixture
def any_open_hq(any_hq: Hq) -> Iterator[Live]:
    """Return a live HQ on either kind of database."""
    with live(any_hq) as opened:
        yield opened


@pytest.fixture
def till(open_hq: Live) -> Till:
    """Return an enrolled till with an open session."""
    return till_of(open_hq)


@pytest.fixture
def any_till(any_open_hq: Live) -> Till:
    """Return an enrolled till with an open session, at an HQ on either kind of database."""
    return till_of(any_open_hq)


def till_of(at: Live) -> Till:
    made = Till(at, Signer(b"t" * 32))
    made.enrol(at.code())
    made.open()
    return made
