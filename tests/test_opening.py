"""A till's own book: its keys are made once, kept apart, and never replaced."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from pydantic import ValidationError

from pos_app.ledger.ledger import SecondInstance
from pos_app.ledger.store.driver import LedgerUnreadable
from pos_app.opening import (
    FIRST_STORE,
    NoLedger,
    found_ledger,
    kept_keys,
    key_store_of,
    new_keys,
    open_ledger,
)
from pos_app.security.keystore import KEY_FILE_NOTICE, NAMES, FileKeyStore, KeyMissing
from pos_app.settings import Settings
from pos_app.ui.text import sentence
from tests.fakes import FakeClock

NAMED = ("徐家汇店", "3 号机")


@pytest.fixture(autouse=True)
def _no_key_store_of_the_system() -> Iterator[None]:
    """Keep the keys of tests out of the key store of whoever runs them."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "till")


def test_a_new_ledger_carries_the_names_it_was_given(settings: Settings, clock: FakeClock) -> None:
    store = key_store_of(settings, demo=False)

    with found_ledger(settings, store, clock, NAMED) as ledger:
        node = ledger.node

    assert (node.store, node.store_name, node.terminal_name) == (FIRST_STORE, *NAMED)


def test_the_next_start_opens_the_same_book(settings: Settings, clock: FakeClock) -> None:
    store = key_store_of(settings, demo=False)
    with found_ledger(settings, store, clock, NAMED) as ledger:
        founded = ledger.node

    with open_ledger(settings, key_store_of(settings, demo=False), clock) as ledger:
        assert ledger.node == founded


def test_opening_makes_no_ledger_where_there_is_none(settings: Settings, clock: FakeClock) -> None:
    with pytest.raises(NoLedger) as missing:
        open_ledger(settings, key_store_of(settings, demo=False), clock)

    assert missing.value.path == str(settings.ledger_path)
    assert str(settings.ledger_path) in sentence(missing.value)
    assert not settings.data_dir.exists()


def test_a_lost_key_is_named_and_no_new_one_is_made(settings: Settings, clock: FakeClock) -> None:
    store = key_store_of(settings, demo=False)
    found_ledger(settings, store, clock, NAMED).close()
    (settings.data_dir / "keys" / "node.key").unlink()

    with pytest.raises(KeyMissing) as missing:
        open_ledger(settings, store, clock)

    assert missing.value.name == "node"
    assert not (settings.data_dir / "keys" / "node.key").exists()


def test_the_keys_of_another_till_open_nothing(settings: Settings, clock: FakeClock) -> None:
    found_ledger(settings, key_store_of(settings, demo=False), clock, NAMED).close()
    elsewhere = FileKeyStore(settings.data_dir / "other")
    new_keys(elsewhere)

    with pytest.raises(LedgerUnreadable):
        open_ledger(settings, elsewhere, clock)


def test_the_same_book_is_not_opened_twice(settings: Settings, clock: FakeClock) -> None:
    store = key_store_of(settings, demo=False)

    with found_ledger(settings, store, clock, NAMED), pytest.raises(SecondInstance):
        open_ledger(settings, store, clock)


def test_making_the_keys_again_keeps_the_first_ones(tmp_path: Path) -> None:
    store = FileKeyStore(tmp_path)

    first = new_keys(store)

    assert new_keys(store) == first == kept_keys(store)
    assert len({first.database, first.node, first.pepper}) == len(NAMES)


def test_a_demo_keeps_its_keys_beside_its_own_book(settings: Settings) -> None:
    store = key_store_of(settings, demo=True)

    new_keys(store)

    assert store.notice == KEY_FILE_NOTICE
    assert sorted(path.stem for path in (settings.data_dir / "keys").iterdir()) == sorted(NAMES)


def test_the_shops_list_of_its_stock_is_read_where_one_is_named(
    tmp_path: Path, clock: FakeClock
) -> None:
    listed = tmp_path / "stock.csv"
    listed.write_text("G200,0\n", "utf-8")
    settings = Settings(data_dir=tmp_path / "till", stock_file=listed)

    with found_ledger(settings, key_store_of(settings, demo=False), clock, NAMED) as ledger:
        assert ledger.stock.out() == ("G200",)


def test_a_list_is_named_by_its_whole_path(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        Settings(data_dir=tmp_path / "till", stock_file=Path("stock.csv"))
