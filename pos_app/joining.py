"""Joining a chain: this machine's ledger belongs to an HQ from then on."""

from __future__ import annotations

import ipaddress
import json
import platform
import re
import tomllib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import NodeId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import Membership, OtherHq, join, link_state
from pos_app.security.keystore import CHAIN_PEPPER, DATABASE, KeyStore, get_or_create
from pos_app.security.peppers import Peppers
from pos_app.security.sealing import seal_for
from pos_app.settings import CONFIG_NAME, PROGRAM, SettingsRefused
from pos_app.sync import hq
from pos_app.sync.facts import TerminalOlder
from pos_app.sync.transport import Request, Transport
from pos_app.sync.wire import PROTO_MAX, EnrolAsk, Enrolled, Hello

_SETTING = "hq_url"
_LINE = re.compile(rf"^\s*(?:{_SETTING}|\"{_SETTING}\")\s*=.*$", re.MULTILINE)
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
_CODE_LEAST, _CODE_MOST = 8, 64


@dataclass(eq=False)
class AddressOpen(PosError):
    """The address is neither protected by TLS nor on this machine: a code is not sent there."""

    url: str


@dataclass(eq=False)
class CodeUnfit(PosError):
    """What was given is no one-time code: it is too short or too long."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What this terminal is at HQ; `anew` is false where it belonged to this HQ already."""

    store: str
    store_name: str
    terminal_name: str
    anew: bool = True


def ensure_protected(url: str) -> None:
    """Refuse an address at which others could listen. Raises AddressOpen."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not _on_this_machine(parts.hostname or ""):
        raise AddressOpen(url)


def join_chain(
    ledger: Ledger, keys: KeyStore, transport: Transport, ask_code: Callable[[], str]
) -> Joined:
    """Belong to the HQ that answers, with the code it gave out; the code is asked for last.

    A ledger that belongs to it already stays as it is, and no code is asked for. Raises
    HqUnreachable, HqRefused (a wrong code), HqMisbehaved, TerminalOlder, OtherHq, OtherStore,
    CodeUnfit, KeyStoreUnusable.
    """
    hello = ensure_spoken(transport)
    node, known = ledger.node, link_state(ledger).key
    if known is not None:
        if known.hex() != hello.hq_key:
            raise OtherHq
        return Joined(node.store, node.store_name, node.terminal_name, anew=False)
    wish = _wish(ledger, plain_code(ask_code()), envelope(hello, keys, ledger.public_key))
    told = hq.enrol(transport, wish)
    pepper = bytes.fromhex(told.pepper)
    keys.put(CHAIN_PEPPER, pepper)
    join(ledger, membership(told))
    ledger.peppers = Peppers(ledger.pepper, pepper)
    return Joined(told.store, told.store_name, told.terminal_name)


def ensure_spoken(transport: Transport) -> Hello:
    """Return who answers, if it is an HQ whose language this terminal speaks.

    Raises HqUnreachable, HqMisbehaved, TerminalOlder.
    """
    hello = hq.read(transport.send(Request("GET", "/v1/hello")), Hello)
    if hello.proto_min > PROTO_MAX:
        raise TerminalOlder(hello.proto_min)
    return hello


def envelope(hello: Hello, keys: KeyStore, public_key: bytes) -> str:
    """Return the database's key, sealed so that HQ can read this disk when the till is dead.

    Empty where HQ keeps no escrow. A key that a lost disk took along is made anew, for the ledger
    to come. Raises KeyStoreUnusable.
    """
    if not hello.escrow_key:
        return ""
    reader = bytes.fromhex(hello.escrow_key)
    key = get_or_create(keys, DATABASE)
    return b64encode(seal_for(reader, key, about=public_key)).decode()


def keep_address(config: Path, url: str) -> None:
    """Write HQ's address into the config file and leave everything else in it as it is.

    Raises SettingsRefused where the file cannot be read or written.
    """
    try:
        before = config.read_text("utf-8") if config.exists() else ""
        after = _with_address(before, url)
        aside = config.with_name(f"{CONFIG_NAME}.new")
        aside.write_text(after, "utf-8")
        aside.replace(config)
    except OSError as closed:
        raise SettingsRefused(CONFIG_NAME, "not_writable") from closed
    except ValueError as malformed:
        raise SettingsRefused(CONFIG_NAME, "not_toml") from malformed


def _with_address(text: str, url: str) -> str:
    """Return the text with the one line changed, or added before the first table."""
    wanted = {**tomllib.loads(text), _SETTING: url}
    line = f"{_SETTING} = {json.dumps(url)}"
    table = _TABLE.search(text)
    top = text if table is None else text[: table.start()]
    rest = text[len(top) :]
    if _LINE.search(top):
        changed = _LINE.sub(lambda _old: line, top, count=1) + rest
    else:
        gap = "" if not top or top.endswith("\n") else "\n"
        changed = f"{top}{gap}{line}\n{rest}"
    if tomllib.loads(changed) != wanted:
        raise ValueError(_SETTING)
    return changed


def plain_code(typed: str) -> str:
    """Return a one-time code as it was typed, trimmed. Raises CodeUnfit."""
    code = typed.strip()
    if not _CODE_LEAST <= len(code) <= _CODE_MOST:
        raise CodeUnfit
    return code


def _wish(ledger: Ledger, code: str, escrow: str) -> EnrolAsk:
    return EnrolAsk(
        code=code,
        node=ledger.node.id.hex,
        epoch=ledger.node.epoch,
        store=ledger.node.store,
        public_key=ledger.public_key.hex(),
        device=device(),
        app=PROGRAM,
        escrow=escrow,
    )


def membership(told: Enrolled) -> Membership:
    """Return what HQ said as the ledger keeps it."""
    node = NodeId(UUID(told.node))
    return Membership(node, told.epoch, told.store, bytes.fromhex(told.hq_key), told.incarnation)


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def device() -> str:
    """Return what HQ's list of terminals says about this machine."""
    return "".join(letter for letter in platform.platform() if letter.isprintable())[:200]
