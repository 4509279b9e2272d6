"""Bringing a terminal back: after a lost disk, or one that was restored from an old copy."""

from __future__ import annotations

import logging
import secrets
import shutil
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from pos_app.clock import Clock
from pos_app.errors import PosError
from pos_app.ids import NodeId
from pos_app.joining import CHAIN_PEPPER, plain_code
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys
from pos_app.ledger.link import Membership, join
from pos_app.ledger.store.carrying import carry_operators, operators_to_carry
from pos_app.ledger.store.operator_rows import OperatorRow
from pos_app.opening import guarded_ledger, kept_keys
from pos_app.security.keystore import (
    DATABASE,
    NODE,
    PEPPER,
    SECRET_BYTES,
    KeyMissing,
    KeyStore,
    get_or_create,
)
from pos_app.security.signing import Signer
from pos_app.settings import PROGRAM, Settings
from pos_app.sync import hq
from pos_app.sync.archives import push_archive
from pos_app.sync.cycle import AtLedger
from pos_app.sync.hq import Hq, Identity
from pos_app.sync.transport import Transport
from pos_app.sync.wire import EnrolAsk, Enrolled

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
    members come from HQ.
    Raises NothingToRecover, HqUnreachable, HqRefused, HqMisbehaved, CodeUnfit.
    """
    staff = _staff_of(settings, keys, clock)
    seed = secrets.token_bytes(SECRET_BYTES)
    ask = EnrolAsk(
        code=plain_code(ask_code()), public_key=Signer(seed).public_key.hex(), app=PROGRAM
    )
    told = hq.enrol(transport, ask)
    archived = _put_aside(settings, keys)
    _keep_secrets(keys, seed, told)
    with _founded(settings, kept_keys(keys), clock, told) as ledger:
        join(ledger, _membership(told))
        with ledger.write() as book:
            carry_operators(book, staff)
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
        with Ledger(path, old, clock, _nobody()) as ledger:
            node = ledger.node
            who = Identity(node.id.hex, node.epoch, Signer(seed), hq_key)
            count += push_archive(_at(ledger), Hq(transport, who))
        path.rename(path.with_suffix(".told"))
        _log.info("the old chain %s is told", path.stem)
    return count


def _staff_of(settings: Settings, keys: KeyStore, clock: Clock) -> tuple[OperatorRow, ...]:
    if not settings.ledger_path.exists():
        return ()
    with guarded_ledger(settings, kept_keys(keys), clock, _nobody()) as ledger:
        if ledger.rewound is None:
            raise NothingToRecover
        return operators_to_carry(ledger.read())


def _put_aside(settings: Settings, keys: KeyStore) -> Path | None:
    """Move the old ledger away, under a name that finds its key again."""
    if not settings.ledger_path.exists():
        return None
    folder = settings.data_dir / ARCHIVE
    folder.mkdir(exist_ok=True)
    name = secrets.token_hex(4)
    keys.put(f"{NODE}-{name}", keys.get(NODE))
    aside = folder / f"{name}.db"
    shutil.move(settings.ledger_path, aside)
    for part in ("-wal", "-shm"):
        beside = settings.ledger_path.with_name(settings.ledger_path.name + part)
        if beside.exists():
            shutil.move(beside, aside.with_name(aside.name + part))
    return aside


def _keep_secrets(keys: KeyStore, seed: bytes, told: Enrolled) -> None:
    """Keep what the new ledger is opened, signed and peppered with."""
    pepper = bytes.fromhex(told.pepper)
    keys.put(NODE, seed)
    keys.put(CHAIN_PEPPER, pepper)
    get_or_create(keys, DATABASE)
    try:
        keys.get(PEPPER)
    except KeyMissing:
        keys.put(PEPPER, pepper)


def _founded(settings: Settings, keys: LedgerKeys, clock: Clock, told: Enrolled) -> Ledger:
    identity = (NodeId(UUID(told.node)), told.epoch)
    names = (told.store, told.store_name, told.terminal_name)
    document = b64decode(told.programme.document)
    return guarded_ledger(settings, keys, clock, Founding(*names, document, identity))


def _membership(told: Enrolled) -> Membership:
    node = NodeId(UUID(told.node))
    return Membership(node, told.epoch, told.store, bytes.fromhex(told.hq_key), told.incarnation)


def _at(ledger: Ledger) -> AtLedger:
    def at(task: Callable[[Ledger], T], /) -> T:
        return task(ledger)

    return at


def _nobody() -> Founding:
    """Return the founding of a ledger that exists already."""
    return Founding("", "", "", b"")
