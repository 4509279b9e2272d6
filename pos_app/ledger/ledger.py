"""The ledger of one terminal: one file, one writer, one reader, and the rules in force."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from pos_app.clock import Clock, business_date
from pos_app.errors import PosError
from pos_app.ids import NodeId, new_id
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.store.book import Book, Node
from pos_app.ledger.store.driver import LedgerReadOnly, Opener, connect
from pos_app.ledger.store.event import moment
from pos_app.ledger.store.file import LedgerFile, Reader
from pos_app.security.signing import Signer

CLOCK_TOLERANCE = timedelta(seconds=120)


@dataclass(eq=False)
class SecondInstance(PosError):
    """Another terminal program has this ledger open."""

    path: str


@dataclass(eq=False)
class ClockSetBack(PosError):
    """The machine's clock stands before the last event of the book."""

    behind: timedelta


@dataclass(frozen=True, slots=True)
class LedgerKeys:
    """The three secrets of a terminal, each 32 bytes, from its key store."""

    database: bytes
    node: bytes
    pepper: bytes


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new ledger begins with: where it stands and by which rules.

    An existing file ignores it.
    """

    store: str
    store_name: str
    terminal_name: str
    programme: bytes


class Ledger:
    """An open ledger. Use it from the thread that opened it: the driver refuses any other."""

    def __init__(
        self,
        path: Path,
        keys: LedgerKeys,
        clock: Clock,
        founding: Founding,
        opener: Opener = connect,
    ) -> None:
        self.path = path
        self.pepper = keys.pepper
        self.capability_key = secrets.token_bytes(32)
        self._clock = clock
        self._lock = _taken(path)
        try:
            self._file = LedgerFile(
                path,
                keys.database,
                Signer(keys.node),
                self.capability_key,
                at=clock(),
                opener=opener,
            )
        except BaseException:
            self._lock.release()
            raise
        try:
            if not self._file.founded:
                self._file.found(_first_node(founding), founding.programme, clock())
        except BaseException:
            self.close()
            raise

    @property
    def node(self) -> Node:
        """The terminal's place in the chain of stores."""
        return self._file.node

    @property
    def programme(self) -> Programme:
        """The rules in force now."""
        return self._file.programme_at(self.now())

    def programme_of(self, version: str) -> Programme:
        """Return the rules that an event of this book names; every one of them is kept."""
        return self._file.programme_of(version)

    def known_programmes(self) -> tuple[str, ...]:
        """Return the versions in the book, in the order of their adoption."""
        return self._file.known_programmes()

    @property
    def public_key(self) -> bytes:
        """The key that checks this terminal's signatures, 32 bytes."""
        return self._file.signer.public_key

    def now(self) -> datetime:
        """Return the ledger's time: the clock's, but never before the last event."""
        return max(self._clock(), moment(self._file.head.at))

    def today(self) -> date:
        """Return the business day."""
        rules = self.programme
        return business_date(self.now(), zone=rules.zone, cutover=rules.cutover)

    def clock_behind(self) -> timedelta:
        """Return how far the machine's clock stands before the last event.

        Zero when it does not.
        """
        return max(timedelta(0), moment(self._file.head.at) - self._clock())

    def ensure_clock(self) -> None:
        """Refuse to spend rights while the clock is known to be wrong. Raises ClockSetBack."""
        behind = self.clock_behind()
        if behind > CLOCK_TOLERANCE:
            raise ClockSetBack(behind)

    def read(self) -> Reader:
        """Return the reader: committed facts only, and no way to write."""
        return self._file.reader

    @contextmanager
    def write(self) -> Iterator[Book]:
        """Open one write transaction (`BEGIN IMMEDIATE`); it is durable when the block is left.

        Any exception inside the block leaves the book as it was. Raises the facts of
        `store/driver.py`.
        """
        with self._file.transaction(self._clock()) as book:
            yield book

    def tidy(self) -> None:
        """Checkpoint the write-ahead log; called when the till is idle."""
        self._file.checkpoint()

    def close(self) -> None:
        """Close both connections and let go of the file."""
        self._file.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _first_node(founding: Founding) -> Node:
    names = (founding.store, founding.store_name, founding.terminal_name)
    return Node(NodeId(new_id()), 1, *names)


def _taken(path: Path) -> FileLock:
    lock = FileLock(path.with_name(path.name + ".lock"), blocking=False)
    try:
        lock.acquire()
    except Timeout as taken:
        raise SecondInstance(str(path)) from taken
    except OSError as closed:
        raise LedgerReadOnly(str(path)) from closed
    return lock
