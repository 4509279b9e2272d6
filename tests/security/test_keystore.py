"""The three secrets: kept once, never overwritten by chance, never left where others read them."""

import base64
import os
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked

from pos_app.security.keystore import (
    DATABASE,
    KEY_FILE_NOTICE,
    NAMES,
    NODE,
    PEPPER,
    FileKeyStore,
    KeyMissing,
    KeyringStore,
    KeyStoreUnusable,
    get_or_create,
    open_key_store,
    trusted_backend,
)

SECRET = bytes(range(32))
POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


class Locker(KeyringBackend):
    """A key store of the operating system that keeps everything in memory."""

    priority = -1.0  # never the choice of any other test

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False
        self.forgetful = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked
        if not self.forgetful:
            self.kept[service, username] = password


class Trusted(Locker):
    """Calls itself what the trusted ones are called."""


Trusted.__module__ = "keyring.backends.SecretService"


class Both(ChainerBackend):
    """Asks several backends in turn, the first of which would write plain text."""

    priority = -1.0
    backends = (Locker(), Trusted())


BOTH = Both()  # type: ignore[no-untyped-call]
NOTHING = keyring.backends.null.Keyring()  # type: ignore[no-untyped-call]
BROKEN = keyring.backends.fail.Keyring()  # type: ignore[no-untyped-call]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def test_a_key_file_gives_back_what_was_put(folder: Path) -> None:
    FileKeyStore(folder).put(DATABASE, SECRET)

    assert FileKeyStore(folder).get(DATABASE) == SECRET


def test_the_key_file_says_so_on_the_screen(folder: Path) -> None:
    assert FileKeyStore(folder).notice == KEY_FILE_NOTICE
    assert not KeyringStore(Trusted(), "terminal").notice


@POSIX_ONLY
def test_only_the_owner_reads_folder_and_file(folder: Path) -> None:
    folder.mkdir(mode=0o755)

    FileKeyStore(folder).put(PEPPER, SECRET)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


@POSIX_ONLY
def test_a_key_file_open_to_others_is_not_trusted(folder: Path) -> None:
    store = FileKeyStore(folder)
    store.put(PEPPER, SECRET)
    (folder / "pepper.key").chmod(0o640)

    with pytest.raises(KeyStoreUnusable) as refused:
        store.get(PEPPER)

    assert refused.value.reason == "open_to_others"


def test_a_missing_key_is_named(folder: Path) -> None:
    with pytest.raises(KeyMissing) as missing:
        FileKeyStore(folder).get(NODE)

    assert missing.value.name == NODE


@pytest.mark.parametrize("text", ["", "not base64!", base64.b64encode(b"short").decode(), "ü"])
def test_a_damaged_key_file_is_refused(folder: Path, text: str) -> None:
    store = FileKeyStore(folder)
    store.put(NODE, SECRET)
    (folder / "node.key").write_text(text, encoding="utf-8")

    with pytest.raises(KeyStoreUnusable) as refused:
        store.get(NODE)

    assert refused.value.reason == "damaged"


def test_a_folder_that_cannot_be_made_is_a_fact(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")

    with pytest.raises(KeyStoreUnusable) as refused:
        FileKeyStore(tmp_path / "keys").put(NODE, SECRET)

    assert refused.value.reason == "not_writable"


def test_a_new_secret_replaces_the_old_one_in_one_step(folder: Path) -> None:
    store = FileKeyStore(folder)
    store.put(NODE, SECRET)

    store.put(NODE, SECRET[::-1])

    assert store.get(NODE) == SECRET[::-1]
    assert [path.name for path in folder.iterdir()] == ["node.key"]


def test_secrets_are_made_once_and_differ(folder: Path) -> None:
    store = FileKeyStore(folder)

    first = [get_or_create(store, name) for name in NAMES]
    again = [get_or_create(store, name) for name in NAMES]

    assert first == again
    assert len(set(first)) == len(NAMES)
    assert {len(secret) for secret in first} == {32}


def test_the_operating_systems_store_keeps_base64() -> None:
    locker = Trusted()

    KeyringStore(locker, "terminal").put(PEPPER, SECRET)

    assert locker.kept == {("terminal", "pepper"): base64.b64encode(SECRET).decode()}
    assert KeyringStore(locker, "terminal").get(PEPPER) == SECRET


def test_the_operating_systems_store_names_a_missing_key() -> None:
    with pytest.raises(KeyMissing):
        KeyringStore(Trusted(), "terminal").get(PEPPER)


def test_a_locked_store_is_a_fact() -> None:
    locker = Trusted()
    locker.locked = True
    store = KeyringStore(locker, "terminal")

    with pytest.raises(KeyStoreUnusable):
        store.get(PEPPER)
    with pytest.raises(KeyStoreUnusable) as refused:
        store.put(PEPPER, SECRET)

    assert refused.value.reason == "backend_refused"


def test_a_store_that_loses_what_it_took_is_found_out() -> None:
    locker = Trusted()
    KeyringStore(locker, "terminal").put(PEPPER, SECRET)
    locker.forgetful = True

    with pytest.raises(KeyStoreUnusable) as refused:
        KeyringStore(locker, "terminal").put(PEPPER, SECRET[::-1])

    assert refused.value.reason == "not_kept"


@pytest.mark.parametrize("backend", [NOTHING, BROKEN, Locker()])
def test_backends_that_keep_nothing_or_plain_text_are_refused(backend: KeyringBackend) -> None:
    with pytest.raises(KeyStoreUnusable) as refused:
        trusted_backend(backend)

    assert refused.value.reason == "no_backend"


def test_of_several_backends_the_encrypting_one_is_taken() -> None:
    assert isinstance(trusted_backend(BOTH), Trusted)


def test_without_a_store_of_the_system_the_terminal_uses_a_key_file(folder: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(BROKEN)
    try:
        store = open_key_store(folder, "terminal")
    finally:
        keyring.set_keyring(before)

    assert store.notice == KEY_FILE_NOTICE


def test_with_a_store_of_the_system_no_file_is_written(folder: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Trusted())
    try:
        get_or_create(open_key_store(folder, "terminal"), DATABASE)
    finally:
        keyring.set_keyring(before)

    assert not folder.exists()
