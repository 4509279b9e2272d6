"""HQ's secrets: the seed that signs, the pepper of PINs, the key of its file, and the escrow's.

They lie in files that only HQ's account may read: never in the database, in argv or in a log.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pos_app.security.keystore import (
    SECRET_BYTES,
    FileKeyStore,
    KeyMissing,
    KeyStoreUnusable,
    get_if_there,
    get_or_create,
)
from pos_hq.facts import FoundedAlready
from pos_hq.settings import Settings
from pos_hq.store.migrate import DatabaseForeign

SEED, PEPPER, DATABASE, ESCROW = "hq-seed", "hq-pepper", "hq-database", "hq-escrow"


@dataclass(frozen=True, slots=True)
class HqKeys:
    """Secrets of 32 bytes, never shown. The database's is for an SQLite file only."""

    seed: bytes = field(repr=False)
    pepper: bytes = field(repr=False)
    database: bytes = field(repr=False)


def read_keys(settings: Settings) -> HqKeys:
    """Read the secrets. Raises KeyMissing, KeyStoreUnusable."""
    store = FileKeyStore(settings.key_folder)
    seed, pepper, database = (
        store.get(name) if path is None else _handed_in(path)
        for name, path in _named(settings).items()
    )
    return HqKeys(seed, pepper, database)


def escrow_key(settings: Settings) -> bytes:
    """Read what opens the envelopes of terminals. Raises KeyMissing, KeyStoreUnusable."""
    if settings.escrow_file is not None:
        return _handed_in(settings.escrow_file)
    return FileKeyStore(settings.key_folder).get(ESCROW)


def make_escrow_key(settings: Settings) -> bytes:
    """Make what opens the envelopes of terminals, unless it is there. Raises KeyStoreUnusable."""
    if settings.escrow_file is None:
        get_or_create(FileKeyStore(settings.key_folder), ESCROW)
    return escrow_key(settings)


@contextmanager
def founding_keys(settings: Settings) -> Iterator[HqKeys]:
    """Make the secrets that are not there yet, to found an HQ with them. Raises KeyStoreUnusable.

    Where there turns out to be one, those just made are not its own, and are deleted again.
    """
    store = FileKeyStore(settings.key_folder)
    ours = [name for name, path in _named(settings).items() if path is None]
    missing = [name for name in ours if get_if_there(store, name) is None]
    for name in missing:
        get_or_create(store, name)
    try:
        yield read_keys(settings)
    except (FoundedAlready, DatabaseForeign):
        for name in missing:
            _own_file(settings, name).unlink()
        raise


def places(settings: Settings) -> tuple[Path, ...]:
    """Return the files of the secrets, as they must be copied to a safe place."""
    named = {**_named(settings), ESCROW: settings.escrow_file}
    return tuple(path or _own_file(settings, name) for name, path in named.items())


def _own_file(settings: Settings, name: str) -> Path:
    return settings.key_folder / f"{name}.key"


def _named(settings: Settings) -> dict[str, Path | None]:
    return {
        SEED: settings.seed_file,
        PEPPER: settings.pepper_file,
        DATABASE: settings.database_key_file,
    }


def _handed_in(path: Path) -> bytes:
    """Read a secret from a file that the machine mounts; who may read it is its business."""
    try:
        secret = base64.b64decode(path.read_text("ascii").strip(), validate=True)
    except FileNotFoundError:
        raise KeyMissing(name=str(path)) from None
    except (OSError, UnicodeDecodeError, binascii.Error) as refused:
        raise KeyStoreUnusable(reason="damaged") from refused
    if len(secret) != SECRET_BYTES:
        raise KeyStoreUnusable(reason="damaged")
    return secret
