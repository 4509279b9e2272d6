"""Opening this machine's ledger: keys from the key store, file and rules from where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos_app.clock import Clock
from pos_app.errors import PosError
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys
from pos_app.security.keystore import (
    DATABASE,
    NODE,
    PEPPER,
    FileKeyStore,
    KeyStore,
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


def key_store_of(settings: Settings, *, demo: bool) -> KeyStore:
    """Return where this ledger's keys are kept; a demo keeps its own beside its file."""
    if demo:
        return FileKeyStore(settings.data_dir / "keys")
    service = f"{PROGRAM}:{settings.data_dir}"
    return open_key_store(settings.data_dir / "keys", service)


def new_keys(store: KeyStore) -> LedgerKeys:
    """Return the keys of a ledger that is about to be made. Raises KeyStoreUnusable."""
    return LedgerKeys(*(get_or_create(store, name) for name in (DATABASE, NODE, PEPPER)))


def kept_keys(store: KeyStore) -> LedgerKeys:
    """Return the keys of the ledger that is there. Raises KeyMissing, KeyStoreUnusable."""
    return LedgerKeys(*(store.get(name) for name in (DATABASE, NODE, PEPPER)))


def found_ledger(
    settings: Settings, store: KeyStore, clock: Clock, names: tuple[str, str]
) -> Ledger:
    """Make this machine's ledger, by the programme that is shipped. `names`: store and terminal."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    founding = Founding(FIRST_STORE, *names, DEFAULT_PROGRAMME.read_bytes())
    return Ledger(settings.ledger_path, new_keys(store), clock, founding)


def open_ledger(settings: Settings, store: KeyStore, clock: Clock) -> Ledger:
    """Open this machine's ledger. Raises NoLedger, KeyMissing and the facts of the ledger file."""
    if not settings.ledger_path.exists():
        raise NoLedger(str(settings.ledger_path))
    founding = Founding(FIRST_STORE, "", "", DEFAULT_PROGRAMME.read_bytes())
    return Ledger(settings.ledger_path, kept_keys(store), clock, founding)
