"""Transfers and balances: the same writer in a commit and in a replay."""

from __future__ import annotations

from collections import defaultdict

from pos_app.ledger.store.accounts import floor_of, holding_of
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event

_FIND = "SELECT id FROM account WHERE code = ? AND unit = ?"
_OPEN = (
    "INSERT INTO account (code, unit, member, pocket, lot, expires_on)"
    " VALUES (?, ?, ?, ?, ?, ?) RETURNING id"
)
_FIRST_BALANCE = "INSERT INTO balance (account, amount, floor, last_seq) VALUES (?, 0, ?, 0)"
_MOVE = "INSERT INTO transfer (seq, n, source, target, amount) VALUES (?, ?, ?, ?, ?)"
_ADD = "UPDATE balance SET amount = amount + ?, last_seq = ? WHERE account = ?"


class Posting:
    """Posts events to accounts.

    Remembers the numbers of the shop's own accounts, not of members', who are a million; `forget`
    after a rollback.
    """

    def __init__(self, to: Statements) -> None:
        self._to = to
        self._numbers: dict[tuple[str, str], int] = {}

    def forget(self) -> None:
        """Drop what a rolled-back transaction may have opened."""
        self._numbers.clear()

    def post(self, event: Event) -> None:
        """Write the event's transfers and add them to the balances.

        A floor that breaks aborts the transaction.
        """
        changes: defaultdict[int, int] = defaultdict(int)
        for n, move in enumerate(event.transfers):
            source = self._number(move.source, move.unit)
            target = self._number(move.target, move.unit)
            self._to.execute(_MOVE, (event.seq, n, source, target, move.amount))
            changes[source] -= move.amount
            changes[target] += move.amount
        for account, change in changes.items():
            self._to.execute(_ADD, (change, event.seq, account))

    def _number(self, code: str, unit: str) -> int:
        known = self._numbers.get((code, unit))
        if known is None:
            row = self._to.execute(_FIND, (code, unit)).fetchone()
            known = self._open(code, unit) if row is None else int(row[0])
            if holding_of(code) is None:
                self._numbers[code, unit] = known
        return known

    def _open(self, code: str, unit: str) -> int:
        held = holding_of(code)
        named: tuple[object, ...] = (None, "", None, None)
        if held is not None:
            lot = None if held.lot is None else held.lot.bytes
            named = (held.member.bytes, held.pocket, lot, held.expires_on)
        (number,) = self._to.execute(_OPEN, (code, unit, *named)).fetchone()
        self._to.execute(_FIRST_BALANCE, (number, floor_of(code)))
        return int(number)
