"""The ledger of one terminal: one file, one writer, one reader, and the rules in force."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from pos_app.clock import Clock, business_date
from pos_app.errors import PosError
from pos_app.ids import NodeId, new_id
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.stock import EverythingInStock, Stock
from pos_app.ledger.store import link_rows
from pos_app.ledger.store.book import Book, Node
from pos_app.ledger.store.driver import LedgerDamaged, LedgerReadOnly, Opener, connect
from pos_app.ledger.store.event import moment
from pos_app.ledger.store.file import LedgerFile, Reader
from pos_app.ledger.store.guard import Guard, Mark
from pos_app.security.peppers import Peppers
from pos_app.security.signing import Signer

CLOCK_TOLERANCE = timedelta(seconds=120)


@dataclass(eq=False)
class SecondInstance(PosError):
    """Another terminal program has this ledger open."""

    path: str


@dataclass(eq=False)
class NotFounded(PosError):
    """The file belongs to nobody: it is new, or its founding was cut off."""

    path: str


@dataclass(eq=False)
class ClockSetBack(PosError):
    """The machine's clock stands before the last event of the book."""

    behind: timedelta


@dataclass(eq=False)
class LedgerRewound(PosError):
    """The file is an older copy of itself: this machine has already written beyond it."""

    here: int
    before: int


@dataclass(frozen=True, slots=True)
class LedgerKeys:
    """The secrets of a terminal, each 32 bytes, from its key store.

    `pepper` is this terminal's own; `chain_pepper` came from HQ, where it belongs to one.
    """

    database: bytes
    node: bytes
    pepper: bytes
    chain_pepper: bytes | None = None


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new ledger begins with: where it stands and by which rules.

    `identity` is the node and epoch that HQ gave; without it the ledger makes its own node. `hq`
    is the key and incarnation of the HQ that it belongs to. A founded file ignores all of it.
    """

    store: str
    store_name: str
    terminal_name: str
    programme: bytes
    identity: tuple[NodeId, int] | None = None
    hq: tuple[bytes, int] | None = None


class Ledger:
    """An open ledger. Use it from the thread that opened it: the driver refuses any other."""

    def __init__(
        self,
        path: Path,
        keys: LedgerKeys,
        clock: Clock,
        founding: Founding | None,
        opener: Opener = connect,
        guard: Path | None = None,
    ) -> None:
        """Open the file, founding it when it is new; `guard` lies elsewhere than the file.

        Raises SecondInstance, LedgerNewer, NotFounded, and the facts of `store/driver.py`.
        """
        self.path = path
        # Set where the file is an older copy of itself; nothing is written to it then.
        self.rewound: LedgerRewound | None = None
        self.pepper = keys.pepper
        # Of members' PINs; those of operators are this terminal's own.
        self.peppers = Peppers(keys.pepper, keys.chain_pepper)
        self.capability_key = secrets.token_bytes(32)
        # Whether HQ answers just now; the sync says so. Nothing that is safe depends on it.
        self.online = False
        # What this store cannot hand out; the settings may name a list of the shop.
        self.stock: Stock = EverythingInStock()
        self._clock = clock
        with ExitStack() as opened:
            opened.callback(taken(path).release)
            self._guard = None if guard is None else opened.enter_context(Guard(guard))
            _ensure_not_emptied(path, self._guard)
            signer, seal = Signer(keys.node), self.capability_key
            self._file = LedgerFile(path, keys.database, signer, seal, at=clock(), opener=opener)
            opened.callback(self._file.close)
            if not self._file.founded:
                if founding is None:
                    raise NotFounded(str(path))
                node = _first_node(founding)
                self._file.found(node, founding.programme, clock(), founding.hq)
                self._leave_mark()
            self._compare()
            self._opened = opened.pop_all()

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

        Any exception inside the block leaves the book as it was. Raises LedgerRewound and the
        facts of `store/driver.py`.
        """
        if self.rewound is not None:
            raise LedgerRewound(self.rewound.here, self.rewound.before)
        with self._file.transaction(self._clock()) as book:
            yield book
        self._leave_mark()

    def tidy(self) -> None:
        """Checkpoint the write-ahead log and settle the guard; called when the till is idle."""
        self._file.checkpoint()
        if self._guard is not None:
            self._guard.settle()

    def close(self) -> None:
        """Close both connections and let go of the file."""
        self._opened.close()

    def _compare(self) -> None:
        """Look whether this machine has written beyond the file, or otherwise than it.

        A terminal without an HQ may go back to a backup: nobody else holds its members' rights.
        """
        last = None if self._guard is None else self._guard.read()
        if last is not None and link_rows.state(self.read()).key is None:
            last = None
        if last is None or last.node != self.node.id.hex or last.epoch < self.node.epoch:
            return
        kept = self.read().execute("SELECT hash FROM journal WHERE seq = ?", (last.seq,)).fetchone()
        if kept is None or (last.epoch, last.hash) != (self.node.epoch, kept[0].hex()):
            self.rewound = LedgerRewound(self._file.head.seq, last.seq)

    def _leave_mark(self) -> None:
        if self._guard is not None:
            node, head = self.node, self._file.head
            self._guard.write(Mark(node.id.hex, node.epoch, head.seq, head.hash.hex()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _first_node(founding: Founding) -> Node:
    node, epoch = founding.identity or (NodeId(new_id()), 1)
    return Node(node, epoch, founding.store, founding.store_name, founding.terminal_name)


def _ensure_not_emptied(path: Path, guard: Guard | None) -> None:
    """Refuse to take a ledger that lost all its bytes for a new one.

    A power cut in its first moment leaves such a file, too: then no mark has been left yet.
    """
    emptied = path.exists() and path.stat().st_size == 0
    if emptied and (guard is None or guard.read() is not None):
        raise LedgerDamaged("the file is empty")


def taken(path: Path) -> FileLock:
    """Take a ledger file for this program alone. Raises SecondInstance, LedgerReadOnly."""
    lock = FileLock(path.with_name(path.name + ".lock"), blocking=False)
    try:
        lock.acquire()
    except Timeout as taken:
        raise SecondInstance(str(path)) from taken
    except OSError as closed:
        raise LedgerReadOnly(str(path)) from closed
    return lock
