"""A build without a Python of its own has no HQ: the demo's till stands alone, and says so."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos_app import running
from pos_app.demo.store import Size
from pos_app.embedded import embedded_hq
from pos_app.opening import OneTerminalOnly
from tests.terminal import Home, at_home, words_in


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        yield made


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)


@pytest.mark.usefixtures("frozen")
def test_a_frozen_demo_has_no_hq(tmp_path: Path) -> None:
    assert embedded_hq(tmp_path) is None


@pytest.mark.usefixtures("frozen")
def test_a_frozen_demo_has_one_terminal(home: Home) -> None:
    with pytest.raises(OneTerminalOnly):
        running.run(home.settings, demo=True, terminals=2)


def test_a_demo_without_an_hq_says_that_it_stands_alone(home: Home) -> None:
    till = home.till(demo=Size(4, 4, 2))

    till.start()

    assert "the till stands alone" in words_in(till.program.stage)
    assert till.program.link is None
