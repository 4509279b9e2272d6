"""How a terminal becomes one of ours: a code said over the counter, a key made over there."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import NodeId, new_id
from pos_app.sync.wire import EnrolAsk, Enrolled, SignedDocument
from pos_hq import cases
from pos_hq.facts import CodeRefused, NodeRevoked, NodeUnknown, StoreUnknown
from pos_hq.fold.accounts import CNY, place
from pos_hq.fold.values import Case
from pos_hq.hq import Hq
from pos_hq.store import enrolling, session_rows
from pos_hq.store.database import Connection
from pos_hq.store.enrolling import CodeRow, Device, NodeRow

CODE_S = 15 * 60
# Nobody mistakes one of these for another: no 0 and O, no 1 and I. Five bits each.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 4, 4
_NAME_MOST = 200
_TAG = b"MTE1"


@dataclass(eq=False)
class CodeUsed(PosError):
    """A terminal was enrolled with this code already; each needs its own."""


@dataclass(eq=False)
class CodeExpired(PosError):
    """The code was right, but it lasts a quarter of an hour only."""


@dataclass(eq=False)
class CodeForAnother(PosError):
    """The code brings back another terminal than the one that asks."""


@dataclass(eq=False)
class CodeForAnotherStore(PosError):
    """The code was made for the store `store`, and the terminal's ledger belongs to another."""

    store: str


@dataclass(eq=False)
class NodeEnrolled(PosError):
    """A terminal of this identity is enrolled; to come back it needs a code made for it."""


@dataclass(eq=False)
class KeyEnrolled(PosError):
    """A chain of this key is enrolled: every chain is signed with a key of its own."""


@dataclass(eq=False)
class EpochTaken(PosError):
    """The chain that the terminal wants to begin has begun; the next is `living` + 1."""

    living: int


@dataclass(eq=False)
class EscrowUnreadable(PosError):
    """The envelope with the terminal's database key is not base64."""


@dataclass(eq=False)
class NameUnfit(PosError):
    """A terminal's name is one line of 1 to 200 characters."""


def make_code(hq: Hq, store: str, terminal_name: str, node: NodeId | None = None) -> str:
    """Return a code of 80 bits that enrols one terminal within 15 minutes.

    With `node` it brings a terminal back that has lost its ledger. Only its hash is kept.
    Raises StoreUnknown, NodeUnknown, NodeRevoked, NameUnfit.
    """
    ensure_name(terminal_name)
    code = "".join(secrets.choice(ALPHABET) for _each in range(_GROUPS * _GROUP))
    now = hq.now_ms()
    with hq.write() as book:
        if enrolling.store_name(book, store) is None:
            raise StoreUnknown(store)
        if node is not None:
            _ensure_known(book, node)
        expires_at = now + CODE_S * 1000
        row = CodeRow(_hash(code), store, terminal_name, node, expires_at, used=False)
        enrolling.keep_code(book, row, now)
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def ensure_name(name: str) -> None:
    """Make sure that a store or terminal can be called so on a slip. Raises NameUnfit."""
    if not (0 < len(name) <= _NAME_MOST and name.isprintable()):
        raise NameUnfit


def enrol(hq: Hq, ask: EnrolAsk) -> Enrolled:
    """Enrol a terminal, or bring one back under a new epoch; the code is used up.

    What the old epoch of a terminal that comes back holds waits for a manager's release (ORPHAN).
    A terminal that missed the answer asks again with the same key, and the same code or a fresh one
    of its store: it is answered once more, and nothing but a fresh code has changed. One that names
    no identity has founded no ledger yet, so it is answered only while its chain has not begun.
    Whatever is refused costs no code. Raises CodeRefused, CodeUsed, CodeExpired, CodeForAnother,
    CodeForAnotherStore, NodeEnrolled, NodeRevoked, KeyEnrolled, EpochTaken, EscrowUnreadable.
    """
    now = hq.now_ms()
    device = Device(bytes.fromhex(ask.public_key), ask.device, ask.app, _escrow(ask))
    with hq.write() as book:
        enrolling.one_at_a_time(book)
        code = _code_of(book, ask.code, now)
        if ask.store not in {"", code.store}:
            raise CodeForAnotherStore(code.store)
        row = _answered(book, code, ask, device)
        if row is None and code.used:
            raise CodeUsed
        if row is None and device.public_key == hq.key:
            raise KeyEnrolled
        row = row or _welcome(book, code, ask, device, now)
        if not code.used:
            enrolling.use_code(book, code.hash, now)
        return _told(hq, book, row, now)


def nodes(hq: Hq) -> tuple[NodeRow, ...]:
    """Return every terminal that was ever enrolled."""
    with hq.read() as book:
        return enrolling.nodes(book)


def revoke(hq: Hq, node: NodeId) -> None:
    """Shut a terminal out, at once and for ever, whatever token it has.

    What it holds waits for a release (ORPHAN). Raises NodeUnknown.
    """
    now = hq.now_ms()
    with hq.write() as book:
        known = enrolling.node_of(book, node)
        if known is None:
            raise NodeUnknown
        if known.status != "revoked":
            _leave_behind(book, known, now)
        enrolling.set_status(book, node, "revoked")


def _code_of(book: Connection, said: str, now: int) -> CodeRow:
    digest = _hash(said)
    code = enrolling.code_of(book, digest)
    if code is None or not hmac.compare_digest(code.hash, digest):
        raise CodeRefused
    if now >= code.expires_at:
        raise CodeExpired
    return code


def _answered(book: Connection, code: CodeRow, ask: EnrolAsk, device: Device) -> NodeRow | None:
    """Return the terminal that asks, where it was enrolled just like this; None for a new key.

    Raises KeyEnrolled, NodeRevoked.
    """
    chain = enrolling.chain_of_key(book, device.public_key)
    if chain is None:
        return None
    known = _ensure_known(book, chain.node)
    named = (ask.node, ask.epoch) == (chain.node.hex, chain.epoch)
    unfounded = (ask.node, ask.epoch, chain.acked_seq) == ("", 0, 0)
    meant = code.store == known.store and code.node in {None, chain.node}
    if not (meant and chain.epoch == known.epoch and (named or unfounded)):
        raise KeyEnrolled
    return known


def _welcome(book: Connection, code: CodeRow, ask: EnrolAsk, device: Device, now: int) -> NodeRow:
    asked = NodeId(UUID(ask.node)) if ask.node else None
    if code.node is not None:
        return _welcome_back(book, code, ask, device, now)
    if asked is not None and enrolling.node_of(book, asked) is not None:
        raise NodeEnrolled
    row = NodeRow(
        id=asked or NodeId(new_id()),
        store=code.store,
        terminal_name=code.terminal_name,
        status="active",
        epoch=ask.epoch or 1,
        frozen=False,
        seen_at=None,
    )
    enrolling.add_node(book, row, device, now)
    return row


def _welcome_back(
    book: Connection, code: CodeRow, ask: EnrolAsk, device: Device, now: int
) -> NodeRow:
    assert code.node is not None
    if ask.node and UUID(ask.node) != code.node:
        raise CodeForAnother
    known = _ensure_known(book, code.node)
    if 0 < ask.epoch <= known.epoch:
        raise EpochTaken(known.epoch)
    named = replace(known, store=code.store, terminal_name=code.terminal_name, status="active")
    row = replace(named, epoch=ask.epoch or known.epoch + 1)
    _leave_behind(book, known, now)
    cases.settle(book, "REWIND", now, known.id.hex)
    enrolling.renew_node(book, row, device, now)
    session_rows.end_all(book, row.id)
    return row


def _leave_behind(book: Connection, known: NodeRow, now: int) -> None:
    """Ask a person to release what the epoch held: its ledger may still turn up, or may not."""
    held = enrolling.holdings(book, place(known.id.hex, known.epoch))
    if held:
        at = (known.id.hex, known.epoch, None, None)
        fen = held.get(CNY, 0)
        here = {"held": held}
        lost = Case(
            new_id().hex, "ORPHAN", *at, now, unit=CNY if fen else "", amount=fen, here=here
        )
        cases.open_one(book, lost)


def _told(hq: Hq, book: Connection, row: NodeRow, now: int) -> Enrolled:
    document, signature = enrolling.programme_in_force(book, now)
    name = enrolling.store_name(book, row.store)
    assert name is not None, "a code names a store"
    return Enrolled(
        node=row.id.hex,
        epoch=row.epoch,
        store=row.store,
        store_name=name,
        terminal_name=row.terminal_name,
        hq_key=hq.key.hex(),
        incarnation=hq.incarnation(book),
        programme=SignedDocument(
            document=base64.b64encode(document).decode(), signature=signature.hex()
        ),
        pepper=hq.pepper.hex(),
    )


def _ensure_known(book: Connection, node: NodeId) -> NodeRow:
    known = enrolling.node_of(book, node)
    if known is None:
        raise NodeUnknown
    if known.status == "revoked":
        raise NodeRevoked
    return known


def _escrow(ask: EnrolAsk) -> bytes | None:
    try:
        return base64.b64decode(ask.escrow, validate=True) or None
    except binascii.Error:
        raise EscrowUnreadable from None


def _hash(said: str) -> bytes:
    """Hash a code as it was meant, however it was typed."""
    meant = "".join(said.upper().replace("-", " ").split())
    return hashlib.sha256(_TAG + meant.encode()).digest()
