"""What holds for every test: no display, repeatable examples, and silence in the logs."""

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pos_app.ledger.ledger import Ledger
from tests.fakes import FakeClock
from tests.shop import Shop, open_shop

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "XDG_RUNTIME_DIR" not in os.environ:  # Qt warns without one, and a warning fails the test
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="member-terminal-")

# A busy machine is slow, which says nothing about the example.
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "nightly",
    deadline=None,
    max_examples=2_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(autouse=True)
def _silent_log(
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[None]:
    """Fail a test in which the program logged a warning that the test does not announce."""
    yield
    heard = [
        f"{record.name}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    if heard and request.node.get_closest_marker("logs_a_warning") is None:
        pytest.fail(
            "Nobody expected this in the log (mark the test `logs_a_warning` where it is right): "
            + "; ".join(heard),
        )


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock at noon of an ordinary Monday in Shanghai, 15 June 2026."""
    return FakeClock()


@pytest.fixture
def shop(tmp_path: Path, clock: FakeClock) -> Iterator[Shop]:
    """Open a fresh shop on a real encrypted file."""
    opened = open_shop(tmp_path, clock)
    yield opened
    opened.ledger.close()


@pytest.fixture
def ledger(shop: Shop) -> Ledger:
    """Return the ledger of the fresh shop."""
    return shop.ledger
