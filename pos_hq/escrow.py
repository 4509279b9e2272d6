"""Escrow: terminals seal the keys of their ledgers to HQ, so that a dead one's disk can be read.

The private half is one of HQ's secret files and is read by this command alone; the database holds
the public half and the envelopes.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ids import NodeId
from pos_app.security.salvage_keys import SalvageKeys
from pos_app.security.sealing import SealBroken, public_half, unseal
from pos_app.security.signing import Signer
from pos_hq.facts import NodeUnknown
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act
from pos_hq.hq import Hq
from pos_hq.store import escrow_rows, meta
from pos_hq.store.saving import save

SALVAGE_S = 24 * 60 * 60
_KIND = "ESCROW"
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class NoEnvelope(PosError):
    """The terminal left no key: it was enrolled before HQ had an escrow, or by an older program."""


@dataclass(eq=False)
class EscrowKeyWrong(PosError):
    """HQ's secret is not the one to which its terminals have sealed their keys."""


def begin(hq: Hq, private: bytes) -> None:
    """Let terminals seal their keys to this secret from now on; the first one stays for ever."""
    with hq.write() as book:
        meta.begin_escrow(book, public_half(private))


def has_begun(hq: Hq) -> bool:
    """Say whether this HQ has an escrow."""
    with hq.read() as book:
        return meta.escrow_key_of(book) is not None


def open_envelope(hq: Hq, node: NodeId, epoch: int | None, private: bytes, by: str) -> SalvageKeys:
    """Return what reads the files of a dead terminal, and may tell HQ of its chain for a day.

    Without an epoch it is the one that is alive. Who opened it is written down. Raises NodeUnknown,
    NoEnvelope, EscrowKeyWrong.
    """
    now, seed = hq.now_ms(), secrets.token_bytes(32)
    with hq.write() as book:
        left = escrow_rows.envelope_of(book, node, epoch)
        if left is None:
            raise NodeUnknown
        if left.envelope is None:
            raise NoEnvelope
        if meta.escrow_key_of(book) != public_half(private):
            raise EscrowKeyWrong
        try:
            database = unseal(private, left.envelope, about=left.public_key)
        except SealBroken as broken:
            raise EscrowKeyWrong from broken
        until = now + SALVAGE_S * 1000
        escrow_rows.let_salvage(book, node, left.epoch, Signer(seed).public_key, until)
        sheet = Sheet(Whence("", 0, "", now, {}))
        sheet.act(Act(_KIND, None, f"{node.hex}.{left.epoch}", (), by))
        save(book, sheet)
    _log.info("the escrow of %s.%s was opened", node.hex, left.epoch)
    return SalvageKeys(node, left.epoch, hq.key, database, seed)
