"""What holds for every test: no display, repeatable examples, and silence in the logs."""

import atexit
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pos_app.ledger.ledger import Ledger
from tests.fakes import FakeClock
from tests.postgres_run import RUN, Databases, PostgresRun
from tests.shop import Shop, open_shop

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "XDG_RUNTIME_DIR" not in os.environ:  # Qt warns without one, and a warning fails the test
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="member-terminal-")

# Boot guards of the tests' ledgers lie here, and not in the home of whoever runs them.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="member-terminal-state-")
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)

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


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a PostgreSQL, in case a test asks for it."""
    config.stash[RUN] = PostgresRun(config)
    config.pluginmanager.register(config.stash[RUN])


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


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Databases:
    """Return the databases of the run's PostgreSQL; skip what needs it where none can run."""
    return pytestconfig.stash[RUN].databases()


@pytest.fixture
def postgres(databases: Databases) -> Iterator[Callable[..., str]]:
    """Return a way to make PostgreSQL databases that last as long as the test."""
    urls = []

    def new_database(template: str = "") -> str:
        urls.append(databases.create(template))
        return urls[-1]

    yield new_database
    for url in urls:
        databases.drop(url)
