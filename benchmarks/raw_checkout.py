"""The reference of a payment: the rows that no checkout can spare, on the bare driver."""

from __future__ import annotations

import secrets
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.measure import timed
from benchmarks.shop import KEYS
from pos_app.ledger.store.driver import connect

ACCOUNTS = 12_000
_TABLES = (
    "CREATE TABLE journal (seq INTEGER PRIMARY KEY, at INTEGER, payload BLOB, hash BLOB) STRICT",
    """CREATE TABLE transfer (seq INTEGER, n INTEGER, source INTEGER, target INTEGER,
     amount INTEGER, PRIMARY KEY (seq, n)) WITHOUT ROWID, STRICT""",
    "CREATE TABLE balance (account INTEGER PRIMARY KEY, amount INTEGER, last_seq INTEGER) STRICT",
    "CREATE TABLE sale (seq INTEGER PRIMARY KEY, at INTEGER, payable INTEGER) STRICT",
)
_JOURNAL = "INSERT INTO journal (seq, at, payload, hash) VALUES (?, ?, ?, ?)"
_TRANSFER = "INSERT INTO transfer (seq, n, source, target, amount) VALUES (?, ?, ?, ?, ?)"
_BALANCE = "UPDATE balance SET amount = amount + ?, last_seq = ? WHERE account = ?"
_SALE = "INSERT INTO sale (seq, at, payable) VALUES (?, ?, ?)"
_FILL = 5_000


class RawCheckout:
    """One journal row, five transfers, three balances and one row more, in one durable commit.

    With our pragmas, on an encrypted file that is as large as the one it stands beside.
    """

    def __init__(self, folder: Path, *, as_large_as: Path, payload_bytes: int = 256) -> None:
        folder.mkdir(parents=True)
        self._path = folder / "raw.db"
        self._to: Any = connect(self._path, KEYS.database)
        self._payload_bytes = payload_bytes
        self._seqs = count(1)
        self._chance = Random(5)  # noqa: S311 -- which account, no secret
        for table in _TABLES:
            self._to.execute(table)
        self._open_accounts()
        self._fill(as_large_as.stat().st_size)

    def trial(self) -> float:
        """Check out once, then let the idle till put its log away, which is not timed."""
        facts = self._facts()
        seconds = timed(lambda: self._check_out(*facts))
        self.tidy()
        return seconds

    def tidy(self) -> None:
        """Do what the idle till does."""
        self._to.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def close(self) -> None:
        """Close the file."""
        self._to.close()

    def _check_out(self, seq: int, own: int, payload: bytes, digest: bytes) -> None:
        to = self._to
        to.execute("BEGIN IMMEDIATE")
        self._write(seq, own, payload, digest)
        to.execute("COMMIT")

    def _write(self, seq: int, own: int, payload: bytes, digest: bytes) -> None:
        to = self._to
        to.execute(_JOURNAL, (seq, seq, payload, digest))
        for n in range(5):
            to.execute(_TRANSFER, (seq, n, own + n % 2, 0, 100))
        for account, change in ((own, -300), (own + 1, -200), (0, 500)):
            to.execute(_BALANCE, (change, seq, account))
        to.execute(_SALE, (seq, seq, 500))

    def _facts(self) -> tuple[int, int, bytes, bytes]:
        own = self._chance.randrange(2, ACCOUNTS - 2)
        return next(self._seqs), own, secrets.token_bytes(self._payload_bytes), bytes(32)

    def _open_accounts(self) -> None:
        self._to.execute("BEGIN")
        for number in range(ACCOUNTS):
            self._to.execute("INSERT INTO balance VALUES (?, 0, 0)", (number,))
        self._to.execute("COMMIT")

    def _fill(self, size: int) -> None:
        while self._path.stat().st_size < size:
            self._to.execute("BEGIN")
            for _ in range(_FILL):
                self._write(*self._facts())
            self._to.execute("COMMIT")
            self.tidy()
