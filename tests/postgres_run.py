"""The PostgreSQL of a test run: one server for all workers, a database of its own for each test."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import NullPool, create_engine, make_url
from xdist.workermanage import WorkerController

from pos_app.ids import new_id
from tests.postgres import NoPostgres, Server, new_folder
from tests.tree import ROOT


@dataclass(frozen=True, slots=True)
class Databases:
    """Makes and drops databases on a server."""

    server: Server

    def create(self, template: str = "") -> str:
        """Return the URL of a new database: an empty one, or a copy of the one at a URL."""
        name = f"test_{new_id().hex}"
        copied = make_url(template).database if template else "template1"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {copied}")
        return self.server.url(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        url = self.server.url("postgres")
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


RUN = pytest.StashKey["PostgresRun"]()


class PostgresRun:
    """Part of pytest: the first test in need starts the server, the end of the run stops it."""

    def __init__(self, config: pytest.Config) -> None:
        given = getattr(config, "workerinput", {}).get("postgres")
        self._server = Server(Path(given) if given else new_folder())
        self._keeper = None if given else keeper(self._server)
        self._reason = self._server.folder / "reason"

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: WorkerController) -> None:
        """Tell a worker of pytest-xdist where the server is, or will be."""
        node.workerinput["postgres"] = str(self._server.folder)

    def databases(self) -> Databases:
        """Return the databases of the run's server; skip the test where none can run."""
        with FileLock(self._server.folder / "lock"):
            if not self._server.running and not self._reason.exists():
                self._start()
        if self._reason.exists():
            pytest.skip(f"PostgreSQL could not run: {self._reason.read_text('utf-8')}")
        return Databases(self._server)

    def _start(self) -> None:
        try:
            self._server.start()
        except NoPostgres as reason:
            self._reason.write_text(str(reason), "utf-8")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
        """Say at the very end what was not proved on PostgreSQL, and why."""
        yield
        if self._reason.exists():
            terminalreporter.write_line(
                "PostgreSQL could not run on this machine, so what needs it was skipped: "
                + self._reason.read_text("utf-8"),
                yellow=True,
            )

    def pytest_unconfigure(self) -> None:
        """Stop the server and wait until it is gone."""
        if self._keeper:
            self._keeper.communicate(timeout=60)


def keeper(server: Server) -> subprocess.Popen[str]:
    """Start what outlives this run by a moment, to clear up behind it."""
    return subprocess.Popen(  # noqa: S603 -- a list, and ours
        [sys.executable, "-m", "tests.postgres_keeper", server.folder],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the run
    )
