"""What moved a member's rights: the transfers of their events and of HQ's own acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos_hq.store.bulk import fetch, fetch_of
from pos_hq.store.database import Connection

_EVENTS = (
    "SELECT e.at, e.node, e.epoch, e.seq, t.n, e.kind, t.source, t.target, t.unit, t.amount"
    " FROM event e JOIN transfer t ON t.node = e.node AND t.epoch = e.epoch AND t.seq = e.seq"
    " WHERE e.member IN {keys}"
)
# Acts about nobody in particular are few; of a lost till they move what many members held.
_ACTS = (
    "SELECT a.at, t.node, t.epoch, t.seq, t.n, a.kind, t.source, t.target, t.unit, t.amount"
    " FROM act a JOIN transfer t ON t.node = ? AND t.epoch = 0 AND t.seq = a.seq"
    " WHERE (a.member = ? OR a.member IS NULL) AND (t.source LIKE ? OR t.target LIKE ?)"
)
_HQ = bytes(16)


def moves_of(book: Connection, members: Sequence[str]) -> list[Any]:
    """Return when, node, epoch, seq, n, kind and the transfer, oldest first."""
    rows = [tuple(row) for row in fetch_of(book, _EVENTS, [bytes.fromhex(m) for m in members])]
    for member in members:
        theirs = f"%:{member}%"
        rows += [
            tuple(row) for row in fetch(book, _ACTS, _HQ, bytes.fromhex(member), theirs, theirs)
        ]
    return sorted({(at, bytes(node), *rest) for at, node, *rest in rows}, key=_in_order)


def _in_order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Put what HQ did behind what tills did at the same moment."""
    at, node, *place = row[:5]
    return at, node == _HQ, node, *place


def balances_of(book: Connection, members: Sequence[str]) -> list[Any]:
    """Return account, unit and amount of everything that these members have."""
    asked = "SELECT account, unit, amount FROM balance WHERE member IN {keys} AND amount <> 0"
    return fetch_of(book, asked, [bytes.fromhex(m) for m in members])


def about_lots(book: Connection, refs: Sequence[str]) -> dict[str, dict[str, int | str]]:
    """Return what these lots brought, and when."""
    asked = "SELECT id, at, paid, bonus FROM lot WHERE id IN {keys}"
    rows = fetch_of(book, asked, [bytes.fromhex(ref) for ref in refs])
    return {bytes(id_).hex(): {"at": at, "paid": paid, "bonus": b} for id_, at, paid, b in rows}


def about_coupons(book: Connection, refs: Sequence[str]) -> dict[str, dict[str, int | str]]:
    """Return what these coupons are, and how long they are good."""
    asked = "SELECT id, template, valid_from, valid_until FROM coupon WHERE id IN {keys}"
    rows = fetch_of(book, asked, [bytes.fromhex(ref) for ref in refs])
    names = ("template", "valid_from", "valid_until")
    return {bytes(id_).hex(): dict(zip(names, told, strict=True)) for id_, *told in rows}
