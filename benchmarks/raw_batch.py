"""The references of a push: a bare FastAPI's inserts, and a batch on a bare SQLite file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.bare_hq import event_rows, transfer_rows
from benchmarks.line import CountingLine
from benchmarks.measure import timed
from benchmarks.shop import KEYS
from pos_app.sync.transport import Request
from pos_app.sync.wire import Push
from pos_hq.store.engine import open_engine
from tests.e2e.hq_process import Running, address_of

_JSON = {"Content-Type": "application/json"}
_TABLES = (
    """CREATE TABLE event (node TEXT, epoch INTEGER, seq INTEGER, payload BLOB, sig BLOB,
     PRIMARY KEY (node, epoch, seq)) STRICT""",
    """CREATE TABLE transfer (node TEXT, epoch INTEGER, seq INTEGER, n INTEGER, source TEXT,
     target TEXT, unit TEXT, amount INTEGER, PRIMARY KEY (node, epoch, seq, n)) STRICT""",
    """CREATE TABLE balance (account TEXT, unit TEXT, amount INTEGER,
     PRIMARY KEY (account, unit)) STRICT""",
)
_EVENT = "INSERT INTO event VALUES (?, ?, ?, ?, ?)"
_TRANSFER = "INSERT INTO transfer VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_BALANCE = (
    "INSERT INTO balance VALUES (?, ?, ?) ON CONFLICT (account, unit)"
    " DO UPDATE SET amount = amount + excluded.amount"
)


class RawBatch:
    """Events, transfers and balances in one transaction on an encrypted file with HQ's pragmas."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(f"sqlite:///{path}", KEYS.database)
        self._pooled = self._engine.raw_connection()
        self._to: Any = self._pooled.cursor()
        for table in _TABLES:
            self._to.execute(table)

    def insert(self, push: Push) -> float:
        """Insert a push; return the seconds, without taking it apart."""
        events = event_rows(push.model_dump())
        transfers = transfer_rows(events)
        changes: Counter[tuple[str, str]] = Counter()
        for *_, source, target, unit, amount in transfers:
            changes[source, unit] -= amount
            changes[target, unit] += amount
        balances = [(*key, change) for key, change in changes.items()]
        return timed(lambda: self._insert(events, transfers, balances))

    def close(self) -> None:
        """Close the file."""
        self._pooled.close()
        self._engine.dispose()

    def _insert(self, events: list[Any], transfers: list[Any], balances: list[Any]) -> None:
        to = self._to
        to.execute("BEGIN IMMEDIATE")
        to.executemany(_EVENT, events)
        to.executemany(_TRANSFER, transfers)
        to.executemany(_BALANCE, balances)
        to.execute("COMMIT")


class BareDoor:
    """The bare FastAPI of `bare_hq.py`, in a process of its own as HQ is."""

    def __init__(self, url: str) -> None:
        self._line = CountingLine(url)

    def insert(self, push: Push, *, moves: bool = True) -> float:
        """Have a push inserted, with or without its transfers; return the seconds."""
        body = push.model_dump_json()
        return self._ask(Request("POST", "/events" if moves else "/rows", body.encode(), _JSON))

    def nothing(self) -> float:
        """Ask for nothing; return the seconds."""
        return self._ask(Request("GET", "/nothing"))

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _ask(self, request: Request) -> float:
        self._line.taken()
        assert self._line.send(request).status == 200, "it does what it is asked"
        return self._line.taken()[1]


@contextmanager
def bare_door(folder: Path, url: str = "") -> Iterator[BareDoor]:
    """Serve the bare FastAPI, on a database where one is named."""
    log, words = folder / "bare.log", (url,) if url else ()
    running = Running.start("benchmarks.bare_hq", *words, log=log, env=dict(os.environ))
    host, port = address_of(running)
    door = BareDoor(f"http://{host}:{port}")
    try:
        yield door
    finally:
        door.close()
        running.kill()
