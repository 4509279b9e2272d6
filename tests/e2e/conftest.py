"""A real HQ that answers or not, and a till of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stores import Chain, Counter, founded
from tests.fakes import FakeClock


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    """Return a chain whose HQ is down."""
    with founded(tmp_path) as made:
        yield made


@pytest.fixture
def up(chain: Chain) -> Iterator[Chain]:
    """Return a chain whose HQ answers."""
    with chain.serving():
        yield chain


@pytest.fixture
def counter(up: Chain, clock: FakeClock) -> Counter:
    """Return a till that has been online."""
    made = up.counter(clock)
    made.beat()
    return made
