"""A chain of three stores with a real HQ, made once and copied for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulation.till import Till
from simulation.world import World, copy_of, make_template


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain") / "template"
    make_template(folder)
    return folder


@pytest.fixture
def world(template: Path, tmp_path: Path) -> Iterator[World]:
    made = World(copy_of(template, tmp_path / "world"), 1)
    yield made
    made.close()


@pytest.fixture
def here(world: World) -> Till:
    return world.tills[0]


@pytest.fixture
def there(world: World) -> Till:
    return world.tills[1]
