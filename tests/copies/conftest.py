"""A trading shop, and a stick in its till."""

from pathlib import Path

import pytest

from tests.copies.sticks import Stick, new_stick


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    return new_stick(tmp_path)
