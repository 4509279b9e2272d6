"""Founding this machine's ledger as HQ says: its store, its names, its place and its rules."""

from __future__ import annotations

import secrets
from base64 import b64decode
from collections.abc import Callable
from functools import cache

from pos_app.clock import Clock
from pos_app.joining import (
    Joined,
    device,
    ensure_protected,
    ensure_spoken,
    envelope,
    join_chain,
    keep_address,
    membership,
    plain_code,
)
from pos_app.ledger.ledger import Founding, Ledger
from pos_app.ledger.programmes import ProgrammeUnsigned, signed_programme
from pos_app.ledger.store.carrying import carry_operators, holds_staff_alone, operators_to_carry
from pos_app.ledger.store.operator_rows import OperatorRow
from pos_app.opening import NoLedger, guarded_ledger, move_ledger, new_keys, open_ledger
from pos_app.security.keystore import (
    CHAIN_PEPPER,
    NODE,
    SECRET_BYTES,
    KeyStore,
    get_or_create,
)
from pos_app.security.signing import Signer
from pos_app.settings import PROGRAM, Settings
from pos_app.sync import hq
from pos_app.sync.facts import Doubt, HqMisbehaved, HqRefused
from pos_app.sync.transport import Transport
from pos_app.sync.wire import EnrolAsk, Enrolled, Hello

Staff = tuple[OperatorRow, ...]
NEXT_NODE = "next-node"
ASIDE = "aside"
_OTHER_STORE = "code_for_another_store"
_KEY_IS_TAKEN = ("key_enrolled", "revoked")


def belong(
    settings: Settings,
    keys: KeyStore,
    clock: Clock,
    transport: Transport,
    ask_code: Callable[[], str],
) -> Joined:
    """Let this machine belong to the HQ at `settings.hq_url`, and keep that address.

    Without a ledger one is founded as HQ says; one that was founded as another store gives way to
    it as long as nobody has traded there. The code is asked for last. Raises AddressOpen,
    SettingsRefused, and what `join_chain` and `ask_hq` raise.
    """
    ensure_protected(settings.hq_url)
    code = cache(ask_code)
    try:
        ledger = open_ledger(settings, keys, clock)
    except NoLedger:
        told = ask_hq(keys, transport, code)
        return _admitted(settings, keys, clock, told)
    with ledger:
        staff = _staff_alone(ledger)
        try:
            joined = join_chain(ledger, keys, transport, code)
        except HqRefused as refused:
            if staff is None or refused.code != _OTHER_STORE:
                raise
        else:
            keep_address(settings.config_path, settings.hq_url)
            return joined
    told = ask_hq(keys, transport, code)
    _put_aside(settings)
    return _admitted(settings, keys, clock, told, staff)


def ask_hq(keys: KeyStore, transport: Transport, ask_code: Callable[[], str]) -> Enrolled:
    """Ask HQ what this terminal is, with the key of the chain that it will begin.

    The key is kept first and stays the same until a ledger is founded with it, so HQ answers a
    terminal that lost its answer once more; a key that HQ takes for another terminal's is replaced.
    Raises HqUnreachable, HqRefused, HqMisbehaved,
    TerminalOlder, CodeUnfit, KeyStoreUnusable, ProgrammeRefused.
    """
    hello = ensure_spoken(transport)
    code = plain_code(ask_code())
    try:
        told = hq.enrol(transport, _wish(keys, code, hello))
    except HqRefused as refused:
        if refused.code not in _KEY_IS_TAKEN:
            raise
        decline(keys)
        told = hq.enrol(transport, _wish(keys, code, hello))
    document, signature = b64decode(told.programme.document), told.programme.signature
    try:
        signed_programme(document, bytes.fromhex(signature), publisher=bytes.fromhex(told.hq_key))
    except ProgrammeUnsigned as stranger:
        raise HqMisbehaved(Doubt.SIGNATURE) from stranger
    return told


def joined_as(told: Enrolled) -> Joined:
    """Return what HQ said in the words of a screen."""
    return Joined(told.store, told.store_name, told.terminal_name)


def decline(keys: KeyStore) -> None:
    """Take no ledger from what HQ said: whoever asks next asks as another terminal."""
    keys.put(NEXT_NODE, secrets.token_bytes(SECRET_BYTES))


def found_as_told(
    settings: Settings, keys: KeyStore, clock: Clock, told: Enrolled, staff: Staff = ()
) -> Ledger:
    """Found the ledger that HQ has described; it belongs to HQ from its first moment.

    HQ's address is kept before it. Raises SettingsRefused and the facts of the ledger file.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    keep_address(settings.config_path, settings.hq_url)
    keys.put(CHAIN_PEPPER, bytes.fromhex(told.pepper))
    keys.put(NODE, keys.get(NEXT_NODE))
    ledger = guarded_ledger(settings, new_keys(keys), clock, _founding(told))
    decline(keys)  # the key is taken now
    if staff:
        with ledger.write() as book:
            carry_operators(book, staff)
    return ledger


def _wish(keys: KeyStore, code: str, hello: Hello) -> EnrolAsk:
    key = Signer(get_or_create(keys, NEXT_NODE)).public_key
    sealed = envelope(hello, keys, key)
    return EnrolAsk(code=code, public_key=key.hex(), device=device(), app=PROGRAM, escrow=sealed)


def _admitted(
    settings: Settings, keys: KeyStore, clock: Clock, told: Enrolled, staff: Staff | None = None
) -> Joined:
    found_as_told(settings, keys, clock, told, staff or ()).close()
    return joined_as(told)


def _staff_alone(ledger: Ledger) -> Staff | None:
    """Return who works here, where nothing else is in the book; None where there is more."""
    reader = ledger.read()
    return operators_to_carry(reader) if holds_staff_alone(reader) else None


def _put_aside(settings: Settings) -> None:
    """Move away a ledger that nobody has traded with, for whoever wants to see it."""
    folder = settings.data_dir / ASIDE
    folder.mkdir(exist_ok=True)
    move_ledger(settings, folder / f"{secrets.token_hex(4)}.db")


def _founding(told: Enrolled) -> Founding:
    place, names = membership(told), (told.store, told.store_name, told.terminal_name)
    identity, known = (place.node, place.epoch), (place.hq_key, place.incarnation)
    return Founding(*names, b64decode(told.programme.document), identity, known)
