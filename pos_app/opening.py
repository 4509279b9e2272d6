"""Opening this machine's ledger: keys from the key store, file and rules from where they lie."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from pos_app.clock import Clock
from pos_app.errors import PosError
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys, NotFounded
from pos_app.ledger.stock import StockFile
from pos_app.ledger.store.driver import LedgerReadOnly
from pos_app.security.keystore import (
    CHAIN_PEPPER,
    NAMES,
    FileKeyStore,
    KeyStore,
    get_if_there,
    get_or_create,
    open_key_store,
)
from pos_app.settings import PROGRAM, Settings

DEFAULT_PROGRAMME = Path(__file__).parent.parent / "resources" / "programme.default.toml"
FIRST_STORE = "S001"


@dataclass(eq=False)
class NoLedger(PosError):
    """There is no ledger in this folder yet; the first start of the terminal makes one."""

    path: str


@dataclass(eq=False)
class NoDemo(PosError):
    """There is no demo store in this folder that a second terminal could belong to."""

    path: str


@dataclass(eq=False)
class OneTerminalOnly(PosError):
    """There is no HQ here that two terminals of a demo could share."""


def keep_log(settings: Settings) -> None:
    """Log beside the ledger from now on. Raises LedgerReadOnly."""
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        logging.basicConfig(filename=settings.log_path, level=logging.INFO, format=form)
    except OSError as refused:
        raise LedgerReadOnly(str(settings.data_dir)) from refused


def key_store_of(settings: Settings, *, demo: bool) -> KeyStore:
    """Return where this ledger's keys are kept; a demo keeps its own beside its file."""
    if demo:
        return FileKeyStore(settings.data_dir / "keys")
    service = f"{PROGRAM}:{settings.data_dir}"
    return open_key_store(settings.data_dir / "keys", service)


def new_keys(store: KeyStore) -> LedgerKeys:
    """Return the keys of a ledger that is about to be made. Raises KeyStoreUnusable."""
    database, node, pepper = (get_or_create(store, name) for name in NAMES)
    return LedgerKeys(database, node, pepper, get_if_there(store, CHAIN_PEPPER))


def kept_keys(store: KeyStore) -> LedgerKeys:
    """Return the keys of the ledger that is there. Raises KeyMissing, KeyStoreUnusable."""
    database, node, pepper = (store.get(name) for name in NAMES)
    return LedgerKeys(database, node, pepper, get_if_there(store, CHAIN_PEPPER))


def found_ledger(
    settings: Settings, store: KeyStore, clock: Clock, names: tuple[str, str]
) -> Ledger:
    """Make this machine's ledger, by the programme that is shipped. `names`: store and terminal."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    founding = Founding(FIRST_STORE, *names, DEFAULT_PROGRAMME.read_bytes())
    return guarded_ledger(settings, new_keys(store), clock, founding)


def open_ledger(settings: Settings, store: KeyStore, clock: Clock) -> Ledger:
    """Open this machine's ledger. Raises NoLedger, KeyMissing, LedgerRewound and its facts."""
    if not settings.ledger_path.exists():
        raise NoLedger(str(settings.ledger_path))
    try:
        ledger = guarded_ledger(settings, kept_keys(store), clock, None)
    except NotFounded as cut_off:
        raise NoLedger(cut_off.path) from cut_off
    if ledger.rewound is not None:
        ledger.close()
        raise ledger.rewound
    return ledger


def move_ledger(settings: Settings, target: Path) -> None:
    """Move a closed ledger elsewhere, with what a crash left beside its file."""
    shutil.move(settings.ledger_path, target)
    for part in ("-wal", "-shm"):
        beside = settings.ledger_path.with_name(settings.ledger_path.name + part)
        if beside.exists():
            shutil.move(beside, target.with_name(target.name + part))


def guarded_ledger(
    settings: Settings, keys: LedgerKeys, clock: Clock, founding: Founding | None
) -> Ledger:
    """Open or found the ledger, with its boot guard elsewhere; an older copy is only read."""
    ledger = Ledger(settings.ledger_path, keys, clock, founding, guard=settings.guard_path)
    if settings.stock_file is not None:
        ledger.stock = StockFile(settings.stock_file)
    return ledger
