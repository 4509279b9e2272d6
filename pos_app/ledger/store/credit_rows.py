"""Credit that this terminal has given: read from its own transfers and HQ's last word on them."""

from __future__ import annotations

from pos_app.ids import MemberId
from pos_app.ledger.store.accounts import RECEIVABLE, receivable
from pos_app.ledger.store.driver import Statements

# What HQ said was owed when it held this chain as far as `known_seq`, and what came after.
_OWED = (
    "SELECT a.code, -b.amount AS net, coalesce(r.owes, 0) + CASE"
    " WHEN b.last_seq <= coalesce(r.known_seq, 0) THEN 0 ELSE ("
    "  SELECT sum(CASE WHEN t.source = a.id THEN t.amount ELSE -t.amount END) FROM transfer t"
    "  WHERE t.seq > coalesce(r.known_seq, 0) AND a.id IN (t.source, t.target)) END AS owed"
    " FROM account a JOIN balance b ON b.account = a.id"
    " LEFT JOIN remote_member r ON r.member = unhex(substr(a.code, length('receivable:') + 1))"
)
_OPEN = f"SELECT min(net, owed) FROM ({_OWED} WHERE a.code >= ? AND a.code < ?)"  # noqa: S608 -- constants only
_OF_ONE = f"SELECT owed FROM ({_OWED} WHERE a.code = ?)"  # noqa: S608 -- constants only
_IN_A_ROW = (
    "SELECT count(DISTINCT t.seq) FROM transfer t JOIN account a ON a.id = t.source"
    " WHERE t.seq > ? AND a.code >= ? AND a.code < ?"
)
_ALL = (RECEIVABLE, RECEIVABLE[:-1] + chr(ord(RECEIVABLE[-1]) + 1))


def open_amount(book: Statements) -> int:
    """Return how much credit of this terminal HQ has not said to be settled, in fen.

    Where a member owes to several terminals, each counts it as its own.
    """
    return sum(max(0, int(owed)) for (owed,) in book.execute(_OPEN, _ALL))


def given_in_a_row(book: Statements, acked_seq: int) -> int:
    """Return how many payments took credit since HQ last acknowledged this chain."""
    return int(book.execute(_IN_A_ROW, (acked_seq, *_ALL)).fetchone()[0])


def owed_by(book: Statements, member: MemberId) -> int:
    """Return what a member owes, here and by HQ's last word elsewhere, in fen."""
    row = book.execute(_OF_ONE, (receivable(member),)).fetchone()
    if row is None:
        told = "SELECT owes FROM remote_member WHERE member = ?"
        row = book.execute(told, (member.bytes,)).fetchone()
    return 0 if row is None else max(0, int(row[0]))
