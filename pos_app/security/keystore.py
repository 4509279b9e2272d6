"""Where the terminal keeps its three secrets outside the ledger file."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from pos_app.errors import PosError

DATABASE, NODE, PEPPER = NAMES = ("database", "node", "pepper")
# What HQ hands to every terminal of the chain, so that a PIN set at one is checked at another.
CHAIN_PEPPER = "chain-pepper"
SECRET_BYTES = 32
KEY_FILE_NOTICE = "key_file"
_SAFE_BACKENDS = tuple(
    f"keyring.backends.{system}"
    for system in ("Windows", "macOS", "SecretService", "libsecret", "kwallet")
)


@dataclass(eq=False)
class KeyMissing(PosError):
    """The secret of this name is not there; whatever it protects cannot be opened."""

    name: str


@dataclass(eq=False)
class KeyStoreUnusable(PosError):
    """The key store cannot be trusted or reached.

    `reason`: no_backend, backend_refused, not_kept, damaged, open_to_others, not_writable.
    """

    reason: str


class KeyStore(Protocol):
    """Named 32-byte secrets. `notice` is a code for the screen, empty where all is well."""

    notice: str

    def get(self, name: str) -> bytes:
        """Return the secret. Raises KeyMissing, KeyStoreUnusable."""
        ...

    def put(self, name: str, secret: bytes) -> None:
        """Keep the secret durably, in place of an earlier one. Raises KeyStoreUnusable."""
        ...


def open_key_store(folder: Path, service: str) -> KeyStore:
    """Return the operating system's key store, or a key file in `folder` where there is none."""
    try:
        return KeyringStore(trusted_backend(keyring.get_keyring()), service)
    except KeyStoreUnusable:
        return FileKeyStore(folder)


def get_if_there(store: KeyStore, name: str) -> bytes | None:
    """Return the secret; None where there is none. Raises KeyStoreUnusable."""
    try:
        return store.get(name)
    except KeyMissing:
        return None


def get_or_create(store: KeyStore, name: str) -> bytes:
    """Return the secret, made of the system's randomness if it is not there yet.

    Only for a ledger that does not exist yet: a new key never opens an old file.
    """
    try:
        return store.get(name)
    except KeyMissing:
        store.put(name, secrets.token_bytes(SECRET_BYTES))
        return store.get(name)


def trusted_backend(found: KeyringBackend) -> KeyringBackend:
    """Return the first backend that encrypts; null, failing and plain-text ones are refused.

    Raises KeyStoreUnusable.
    """
    candidates: list[KeyringBackend] = [found, *getattr(found, "backends", ())]
    for backend in candidates:
        if type(backend).__module__.startswith(_SAFE_BACKENDS):
            return backend
    raise KeyStoreUnusable(reason="no_backend")


class KeyringStore:
    """Secrets in Credential Locker, Keychain, Secret Service or KWallet."""

    def __init__(self, backend: KeyringBackend, service: str) -> None:
        self.notice = ""
        self._backend = backend
        self._service = service

    def get(self, name: str) -> bytes:
        """Return the secret. Raises KeyMissing, KeyStoreUnusable."""
        try:
            text = self._backend.get_password(self._service, name)
        except KeyringError as refused:
            raise KeyStoreUnusable(reason="backend_refused") from refused
        return _decoded(name, text)

    def put(self, name: str, secret: bytes) -> None:
        """Keep the secret and read it back, as some backends lose it without a word."""
        assert len(secret) == SECRET_BYTES, name
        try:
            self._backend.set_password(self._service, name, _encoded(secret))
        except KeyringError as refused:
            raise KeyStoreUnusable(reason="backend_refused") from refused
        if self.get(name) != secret:
            raise KeyStoreUnusable(reason="not_kept")


class FileKeyStore:
    """Secrets in files that only this account of the operating system may read."""

    def __init__(self, folder: Path) -> None:
        self.notice = KEY_FILE_NOTICE
        self._folder = folder

    def get(self, name: str) -> bytes:
        """Return the secret. Raises KeyMissing, KeyStoreUnusable."""
        path = self._path(name)
        try:
            mode = path.stat().st_mode
            text = path.read_text(encoding="ascii")
        except FileNotFoundError:
            raise KeyMissing(name=name) from None
        except (OSError, UnicodeDecodeError) as refused:
            raise KeyStoreUnusable(reason="damaged") from refused
        if os.name == "posix" and mode & 0o077:
            raise KeyStoreUnusable(reason="open_to_others")
        return _decoded(name, text)

    def put(self, name: str, secret: bytes) -> None:
        """Keep the secret: written aside, flushed, then renamed, so that no crash halves it."""
        assert len(secret) == SECRET_BYTES, name
        path = self._path(name)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            _write_durably(path, _encoded(secret))
        except OSError as refused:
            raise KeyStoreUnusable(reason="not_writable") from refused

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.key"


def _write_durably(path: Path, text: str) -> None:
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _encoded(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")


def _decoded(name: str, text: str | None) -> bytes:
    if text is None:
        raise KeyMissing(name=name)
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except binascii.Error as refused:
        raise KeyStoreUnusable(reason="damaged") from refused
    if len(secret) != SECRET_BYTES:
        raise KeyStoreUnusable(reason="damaged")
    return secret
