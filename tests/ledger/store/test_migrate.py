"""Migrations: a copy is put aside first, and a failing one leaves the file as it was."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from pos_app.ledger.store.driver import connect, engine_on
from pos_app.ledger.store.migrate import SCRIPTS, LedgerNewer, migrate
from tests.ledger.till_hand import amount, sell
from tests.shop import TEST_KEYS, Shop

HEAD = max(path.stem[:4] for path in (SCRIPTS / "versions").glob("0*.py"))
AT = datetime(2026, 6, 15, 4, 30, tzinfo=UTC)
NEXT = '''
"""The next one."""

from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.get_bind().exec_driver_sql("CREATE TABLE shift (id INTEGER PRIMARY KEY) STRICT")
    op.get_bind().exec_driver_sql("{second}")
'''


@pytest.fixture
def ledger_file(shop: Shop) -> Path:
    """Return the file of a shop that has sold something and closed."""
    sell(shop, amount(1_000))
    shop.ledger.close()
    return shop.ledger.path


def scripts(folder: Path, second: str) -> Path:
    """Return the program's migrations with one more."""
    place = folder / "migrations"
    shutil.copytree(SCRIPTS, place, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "versions" / "9999_next.py").write_text(NEXT.format(head=HEAD, second=second))
    return place


def upgrade(file: Path, scripts_in: Path) -> Path | None:
    connection = connect(file, TEST_KEYS.database)
    try:
        with engine_on(connection).connect() as lent:
            return migrate(lent, file, at=AT, scripts_in=scripts_in)
    finally:
        connection.close()


def revision_and_events(file: Path) -> tuple[str, int, int]:
    connection = connect(file, TEST_KEYS.database)
    row = connection.execute(
        "SELECT (SELECT version_num FROM alembic_version), (SELECT count(*) FROM journal),"
        " (SELECT count(*) FROM sqlite_master WHERE name = 'shift')"
    ).fetchone()
    connection.close()
    revision, events, tables = row
    return revision, events, tables


def test_a_file_of_today_is_left_alone(ledger_file: Path) -> None:
    assert upgrade(ledger_file, SCRIPTS) is None
    assert list(ledger_file.parent.glob("*.backup")) == []


def test_before_an_upgrade_an_encrypted_copy_is_put_aside(
    ledger_file: Path, tmp_path: Path
) -> None:
    before = revision_and_events(ledger_file)

    copy = upgrade(ledger_file, scripts(tmp_path, "SELECT 1"))

    assert copy == ledger_file.with_name(f"ledger-{HEAD}-20260615043000.backup")
    assert revision_and_events(ledger_file) == ("9999", before[1], 1)
    assert revision_and_events(copy) == before
    assert not copy.read_bytes().startswith(b"SQLite format 3")


def test_the_copy_holds_what_only_the_log_held(shop: Shop, tmp_path: Path) -> None:
    connection = connect(shop.ledger.path, TEST_KEYS.database)
    sell(shop, amount(1_000))
    connection.close()
    count = shop.ledger.read().execute("SELECT count(*) FROM journal").fetchone()
    elsewhere = tmp_path / "after"
    elsewhere.mkdir()
    for part in ("", "-wal"):
        name = shop.ledger.path.name + part
        shutil.copy2(tmp_path / name, elsewhere / name)

    copy = upgrade(elsewhere / "ledger.db", scripts(tmp_path, "SELECT 1"))

    assert copy is not None
    assert revision_and_events(copy)[:2] == (HEAD, *count)


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(ledger_file: Path, tmp_path: Path) -> None:
    before = revision_and_events(ledger_file)

    with pytest.raises(OperationalError):
        upgrade(ledger_file, scripts(tmp_path, "SELECT no_such_thing"))

    assert revision_and_events(ledger_file) == before


def test_a_file_ahead_of_the_program_is_refused_before_anything_is_touched(
    ledger_file: Path, tmp_path: Path
) -> None:
    upgrade(ledger_file, scripts(tmp_path, "SELECT 1"))
    before = ledger_file.read_bytes()

    with pytest.raises(LedgerNewer) as newer:
        upgrade(ledger_file, SCRIPTS)

    assert newer.value.revision == "9999"
    assert ledger_file.read_bytes() == before


def test_what_hq_had_told_before_stays_and_is_read_anew(tmp_path: Path) -> None:
    file, before = tmp_path / "ledger.db", tmp_path / "migrations"
    later = [f"{number:04}*" for number in range(3, int(HEAD) + 1)]
    shutil.copytree(SCRIPTS, before, ignore=shutil.ignore_patterns("__pycache__", *later))
    upgrade(file, before)
    connection = connect(file, TEST_KEYS.database)
    for told in (
        "INSERT INTO node_state VALUES (1, x'00', 1, 'S001', '', '', 3, x'', 41, 1)",
        "INSERT INTO hq_link VALUES (1, x'01', x'02', '{}', 5, 6, '')",
        "INSERT INTO inbox VALUES ('member', 'a', 1, 7, 2, 40, '{}')",
        "INSERT INTO remote_member VALUES (x'0a', 5, 3, 900, 9)",
    ):
        connection.execute(told)
    connection.close()

    upgrade(file, SCRIPTS)

    connection = connect(file, TEST_KEYS.database)
    link = connection.execute("SELECT key, heard_at, turn, snapshot_since FROM hq_link").fetchone()
    word = connection.execute("SELECT first_turn, after_seq, turn FROM inbox").fetchone()
    known = connection.execute("SELECT spend, growth, pin, standing FROM remote_member").fetchone()
    cursor = connection.execute("SELECT feed_cursor FROM node_state").fetchone()
    connection.close()
    assert link == (b"\x01", 6, 40, None)  # what is heard from now on comes behind what was
    assert word == (7, 2, 40)
    assert known == (900, 9, "", "")
    assert cursor == (0,)
