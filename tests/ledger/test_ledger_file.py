"""Bad days of the ledger file: each ends in a fact that can be told, and in a sound book."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from pos_app.ledger.ledger import Ledger, SecondInstance
from pos_app.ledger.slip_state import pending_slips
from pos_app.ledger.store.driver import (
    LedgerDamaged,
    LedgerReadOnly,
    LedgerUnreadable,
    SqliteTooOld,
)
from pos_app.ledger.store.event import Draft, Kind
from pos_app.ledger.store.migrate import LedgerNewer
from pos_app.ledger.store.verify import verify
from pos_app.money import Money
from tests.fakes import FakeClock
from tests.ledger.book_rows import first_fault, thief
from tests.ledger.till_hand import amount, goods, head, sell
from tests.shop import TEST_KEYS, Shop, founding, open_ledger

PAGE = 4_096
NOBODY = 65_534


@pytest.fixture
def closed(shop: Shop) -> Path:
    """Return the file of a shop that has sold something and closed."""
    for _ in range(40):
        sell(shop, goods(1_990, (1_200, 3)))
    shop.ledger.close()
    return shop.ledger.path


def opened(path: Path) -> Ledger:
    return Ledger(path, TEST_KEYS, FakeClock(), founding())


def is_sound(ledger: Ledger) -> bool:
    return first_fault(ledger) == ""


def test_another_stores_key_opens_nothing_and_harms_nothing(closed: Path) -> None:
    before = closed.read_bytes()

    with pytest.raises(LedgerUnreadable):
        Ledger(closed, replace(TEST_KEYS, database=b"x" * 32), FakeClock(), founding())

    assert closed.read_bytes() == before
    with opened(closed) as ledger:
        assert is_sound(ledger)


def test_the_file_tells_nothing_without_the_key(closed: Path) -> None:
    content = closed.read_bytes()

    assert not content.startswith(b"SQLite format 3")
    assert b"Goods" not in content
    assert "徐家汇店".encode() not in content


def test_every_damaged_page_in_the_middle_is_found(closed: Path) -> None:
    with thief(closed) as book:
        book.execute("VACUUM")  # a page that holds nothing is missed by nobody
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    good = closed.read_bytes()
    pages = len(good) // PAGE

    for page in range(1, pages):
        bad = bytearray(good)
        bad[page * PAGE + 2_000] ^= 1
        closed.write_bytes(bad)

        with pytest.raises(LedgerDamaged):
            _read_everything(closed)

    closed.write_bytes(good)
    with opened(closed) as ledger:
        assert is_sound(ledger)


def _read_everything(path: Path) -> None:
    tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
    with opened(path) as ledger:
        list(verify(ledger.read()))
        (said,) = ledger.read().execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            raise LedgerDamaged(said)  # the empty index of an empty table is read by nobody else
        for (table,) in ledger.read().execute(tables).fetchall():
            ledger.read().execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 -- ours


def test_a_damaged_first_page_is_told(closed: Path) -> None:
    bad = bytearray(closed.read_bytes())
    bad[2_000] ^= 1
    closed.write_bytes(bad)

    with pytest.raises(LedgerUnreadable):
        opened(closed)


@pytest.mark.parametrize("kept", ["half", "all but a page", "one page"])
def test_a_file_cut_short_does_not_open(closed: Path, kept: str) -> None:
    good = closed.read_bytes()
    size = {"half": len(good) // 2, "all but a page": len(good) - PAGE, "one page": PAGE}[kept]
    closed.write_bytes(good[:size])

    with pytest.raises(LedgerDamaged):
        opened(closed)

    assert closed.stat().st_size == size


def test_an_emptied_file_is_not_taken_for_a_new_ledger(closed: Path) -> None:
    closed.write_bytes(b"")

    with pytest.raises(LedgerDamaged):
        opened(closed)

    assert closed.read_bytes() == b""


def test_a_file_of_a_newer_program_is_left_alone(closed: Path) -> None:
    with thief(closed) as book:
        (known,) = book.execute("SELECT version_num FROM alembic_version").fetchone()
        book.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(LedgerNewer) as newer:
        opened(closed)

    assert newer.value.revision == "9999"
    with thief(closed) as book:
        book.execute("UPDATE alembic_version SET version_num = ?", (known,))
    with opened(closed) as ledger:
        assert is_sound(ledger)


def test_a_second_program_does_not_open_the_same_ledger(shop: Shop, clock: FakeClock) -> None:
    with pytest.raises(SecondInstance):
        open_ledger(shop.ledger.path.parent, clock)

    assert sell(shop, amount(1_000)).payable == Money(1_000)
    shop.ledger.close()
    shop.ledger = open_ledger(shop.ledger.path.parent, clock)


def test_an_sqlite_that_can_lose_a_log_is_refused(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 51, 2))

    with pytest.raises(SqliteTooOld):
        opened(closed)


def test_the_screen_cannot_write(shop: Shop) -> None:
    with pytest.raises(LedgerReadOnly):
        shop.ledger.read().execute("DELETE FROM member")


def test_what_was_committed_is_there_after_the_power_went(shop: Shop, tmp_path: Path) -> None:
    sale = sell(shop, amount(1_000))
    elsewhere = tmp_path / "after"
    elsewhere.mkdir()
    for part in ("", "-wal"):
        name = shop.ledger.path.name + part
        shutil.copy2(tmp_path / name, elsewhere / name)

    with opened(elsewhere / shop.ledger.path.name) as ledger:
        found = ledger.read().execute("SELECT max(seq) FROM journal").fetchone()
        assert found == (sale.stamp.seq,)
        assert is_sound(ledger)


def test_a_bug_in_the_middle_leaves_the_book_as_it_was(shop: Shop) -> None:
    before = head(shop)

    with pytest.raises(ZeroDivisionError):
        _write_and_stumble(shop.ledger)

    assert head(shop) == before
    assert pending_slips(shop.ledger) == ()


def _write_and_stumble(ledger: Ledger) -> None:
    with ledger.write() as book:
        book.append(Draft(Kind.NOTE))
        book.execute("INSERT INTO slip_state (seq) VALUES (?)", (1 // 0,))


@contextmanager
def nobody() -> Iterator[None]:
    """Give up the right to write everywhere, where we have it."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public(closed: Path) -> Iterator[Path]:
    """Return a ledger in a folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        file = Path(shutil.copy2(closed, folder))
        yield file
        Path(folder).chmod(0o755)


needs_unix = pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs Unix file modes")


@needs_unix
def test_a_folder_that_cannot_be_written_is_told(public: Path) -> None:
    public.parent.chmod(0o555)
    before = public.read_bytes()

    with nobody(), pytest.raises(LedgerReadOnly):
        opened(public)

    assert public.read_bytes() == before


@needs_unix
def test_a_file_that_cannot_be_written_is_told(public: Path) -> None:
    public.parent.chmod(0o777)
    public.chmod(0o444)
    before = public.read_bytes()

    with nobody(), pytest.raises(LedgerReadOnly):
        opened(public)

    assert public.read_bytes() == before


def test_closing_lets_go_of_the_file(closed: Path) -> None:
    with closing(opened(closed)):
        pass

    with opened(closed) as ledger:
        assert is_sound(ledger)
