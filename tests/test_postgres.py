"""The PostgreSQL that the tests stand on is real, and each test has it to itself."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.postgres import OLDEST
from tests.postgres_run import Databases
from tests.tree import ROOT

NewDatabase = Callable[..., str]


def answer(url: str, *statements: str) -> object:
    """Perform statements in one transaction; return what the last one answers."""
    engine = create_engine(url)
    with engine.begin() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        found = results[-1].scalar_one_or_none() if results[-1].returns_rows else None
    engine.dispose()
    return found


def test_a_real_server_tells_its_version(postgres: NewDatabase) -> None:
    version = answer(postgres(), "SHOW server_version_num")

    assert isinstance(version, str)
    assert int(version) >= OLDEST * 10_000


def test_two_databases_know_nothing_of_each_other(postgres: NewDatabase) -> None:
    here, there = postgres(), postgres()

    answer(here, "CREATE TABLE till (id integer)")

    assert answer(here, "SELECT to_regclass('till')") == "till"
    assert answer(there, "SELECT to_regclass('till')") is None


def test_a_database_can_start_as_a_copy_of_another(postgres: NewDatabase) -> None:
    prepared = postgres()
    answer(prepared, "CREATE TABLE till AS SELECT 7 AS id")

    copy = postgres(template=prepared)

    assert answer(copy, "SELECT id FROM till") == 7


def test_text_is_kept_as_it_is_written(postgres: NewDatabase) -> None:
    assert answer(postgres(), "SELECT '王䶮'") == "王䶮"


def test_the_server_is_nobodys_where_the_tests_are_roots(databases: Databases) -> None:
    owner = (databases.server.data / "postmaster.pid").stat().st_uid

    assert owner != 0
    assert owner == os.geteuid() or os.geteuid() == 0


def test_a_run_without_postgresql_says_so_in_its_last_lines(tmp_path: Path) -> None:
    too_long = tmp_path / ("long" * 30)  # for the socket, and below a folder that is closed
    too_long.mkdir()

    done = subprocess.run(  # noqa: S603 -- a list, and ours
        [sys.executable, "-m", "pytest", "-q", f"{__file__}::test_a_real_server_tells_its_version"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(too_long)},
        check=False,
        capture_output=True,
        text=True,
    )

    *_, told, counted = done.stdout.splitlines()
    assert told.startswith("PostgreSQL could not run on this machine, so what needs it was skipped")
    assert counted.startswith("1 skipped")
    assert done.returncode == 0
    assert not list(too_long.iterdir())
