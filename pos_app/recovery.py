"""Bringing a terminal back: after a lost disk, or one that was restored from an old copy."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pos_app.admission import Staff, ask_hq, found_as_told
from pos_app.clock import Clock
from pos_app.errors import PosError
from pos_app.ledger.ledger import Ledger, LedgerKeys, NotFounded
from pos_app.ledger.store.carrying import operators_to_carry
from pos_app.opening import guarded_ledger, kept_keys, move_ledger
from pos_app.security.keystore import DATABASE, NODE, PEPPER, KeyStore
from pos_app.security.signing import Signer
from pos_app.settings import Settings
from pos_app.sync.archives import push_archive
from pos_app.sync.cycle import AtLedger
from pos_app.sync.hq import Hq, Identity
from pos_app.sync.transport import Transport

T = TypeVar("T")
ARCHIVE = "archive"
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class NothingToRecover(PosError):
    """The ledger is neither lost nor an older copy of itself: it goes on as it is."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What the terminal is from now on; `archived` is where its old chain lies, if it has one."""

    store_name: str
    terminal_name: str
    epoch: int
    archived: Path | None


def recover(
    settings: Settings,
    keys: KeyStore,
    clock: Clock,
    transport: Transport,
    ask_code: Callable[[], str],
) -> Recovered:
    """Begin a new epoch with a code that HQ made for this very terminal; it is asked for last.

    The old chain is put aside, and told to HQ before anything new. Who works here goes over; the
    members come from HQ. HQ's address is kept.
    Raises NothingToRecover, SettingsRefused, and what `ask_hq` raises.
    """
    staff = _staff_of(settings, keys, clock)
    told = ask_hq(keys, transport, ask_code)
    archived = None if staff is None else _put_aside(settings, keys)
    found_as_told(settings, keys, clock, told, staff or ()).close()
    return Recovered(told.store_name, told.terminal_name, told.epoch, archived)


def tell_archives(
    settings: Settings, keys: KeyStore, clock: Clock, transport: Transport, hq_key: bytes
) -> int:
    """Tell HQ what old chains on this disk still know; return how many events it took.

    Raises HqUnreachable, HqRefused, HqMisbehaved: the archive is told again with the next beat.
    """
    count = 0
    for path in sorted((settings.data_dir / ARCHIVE).glob("*.db")):
        seed = keys.get(f"{NODE}-{path.stem}")
        old = LedgerKeys(keys.get(DATABASE), seed, keys.get(PEPPER))
        with Ledger(path, old, clock, None) as ledger:
            node = ledger.node
            who = Identity(node.id.hex, node.epoch, Signer(seed), hq_key)
            count += push_archive(_at(ledger), Hq(transport, who))
        path.rename(path.with_suffix(".told"))
        _log.info("the old chain %s is told", path.stem)
    return count


def _staff_of(settings: Settings, keys: KeyStore, clock: Clock) -> Staff | None:
    """Return who works by the ledger that is there; None where there is none."""
    if not settings.ledger_path.exists():
        return None
    try:
        ledger = guarded_ledger(settings, kept_keys(keys), clock, None)
    except NotFounded:
        return None
    with ledger:
        if ledger.rewound is None:
            raise NothingToRecover
        return operators_to_carry(ledger.read())


def _put_aside(settings: Settings, keys: KeyStore) -> Path:
    """Move the old ledger away, under a name that finds its key again."""
    folder = settings.data_dir / ARCHIVE
    folder.mkdir(exist_ok=True)
    name = secrets.token_hex(4)
    keys.put(f"{NODE}-{name}", keys.get(NODE))
    aside = folder / f"{name}.db"
    move_ledger(settings, aside)
    return aside


def _at(ledger: Ledger) -> AtLedger:
    def at(task: Callable[[Ledger], T], /) -> T:
        return task(ledger)

    return at
