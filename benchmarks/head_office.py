"""A real HQ in a process of its own, with one store, and terminals that join it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from benchmarks.line import CountingLine
from benchmarks.shop import KEYS, MANAGER, ledger_in, manager_of
from pos_app.clock import Clock, system_clock
from pos_app.ids import OperatorId
from pos_app.joining import join_chain
from pos_app.ledger import operators
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys
from pos_app.ledger.link import link_state
from pos_app.ledger.store.driver import Opener, connect
from pos_app.security.keystore import FileKeyStore
from pos_app.security.signing import Signer
from pos_app.sync.cycle import AtLedger, CycleReport, pull, run_cycle
from pos_app.sync.hq import Hq, Identity
from pos_hq import enrolment, founding, opening
from tests.e2e.hq_process import HqHome, Running, address_of
from tests.e2e.till_home import programme

T = TypeVar("T")
STORE, NAME = "S001", "徐家汇店"


@dataclass
class HeadOffice:
    """Where HQ lives, and the process that serves it."""

    home: HqHome
    running: Running

    @property
    def url(self) -> str:
        """Where it answers."""
        host, port = address_of(self.running)
        return f"http://{host}:{port}"

    def restart(self) -> None:
        """End the process and start another."""
        self.running.end()
        self.running = self.home.serve()

    def code(self, terminal: str) -> str:
        """Return a code for one more terminal."""
        with opening.opened(self.home.settings) as hq:
            return enrolment.make_code(hq, STORE, terminal)


@contextmanager
def head_office(folder: Path, database: str = "") -> Iterator[HeadOffice]:
    """Found an HQ and serve it; where no database is named it has an encrypted file of its own."""
    home = HqHome.founded(folder, database)
    with opening.opened(home.settings) as hq:
        founding.create_store(hq, STORE, NAME)
    office = HeadOffice(home, home.serve())
    try:
        yield office
    finally:
        office.running.kill()


@dataclass
class Branch:
    """A terminal that has joined HQ, and its manager; whoever made it syncs it."""

    ledger: Ledger
    line: CountingLine
    hq: Hq
    manager: OperatorId

    def at(self, task: Callable[[Ledger], T], /) -> T:
        """Do something where the ledger is open."""
        return task(self.ledger)

    def sync(self) -> CycleReport:
        """Run a cycle."""
        return run_cycle(self.at, self.hq)

    def close(self) -> None:
        """Hang up and close the book."""
        self.line.close()
        self.ledger.close()


def keys_of(terminal: str) -> LedgerKeys:
    """Return a terminal's keys; only what it signs with is its own."""
    return replace(KEYS, node=terminal.encode().ljust(32, b"."))


def founded(folder: Path, terminal: str, clock: Clock = system_clock) -> None:
    """Make a terminal's book, with its manager."""
    folder.mkdir(parents=True)
    ledger = book_of(folder, terminal, clock)
    operators.create_first_manager(ledger, *MANAGER)
    ledger.close()


def book_of(
    folder: Path, terminal: str, clock: Clock = system_clock, opener: Opener = connect
) -> Ledger:
    """Open a terminal's book."""
    begin = Founding(STORE, NAME, terminal, programme())
    return Ledger(ledger_in(folder), keys_of(terminal), clock, begin, opener)


def joined(
    office: HeadOffice,
    folder: Path,
    terminal: str,
    *,
    clock: Clock = system_clock,
    away_s: float = 0,
) -> Branch:
    """Open a terminal's book and let it join."""
    ledger = book_of(folder, terminal, clock)
    join(office, ledger, folder, terminal)
    return branch(ledger, keys_of(terminal), CountingLine(office.url, away_s=away_s))


def opened(url: str, folder: Path, terminal: str) -> Branch:
    """Open the book of a terminal that has joined, and the line to HQ."""
    return branch(book_of(folder, terminal), keys_of(terminal), CountingLine(url))


def join(office: HeadOffice, ledger: Ledger, folder: Path, terminal: str) -> None:
    """Let an open book join."""
    line = CountingLine(office.url)
    join_chain(ledger, FileKeyStore(folder / "keys"), line, lambda: office.code(terminal))
    line.close()


def branch(ledger: Ledger, keys: LedgerKeys, line: CountingLine) -> Branch:
    """Return the terminal of a book that has joined."""
    key, node = link_state(ledger).key, ledger.node
    assert key is not None, "it has joined"
    who = Identity(node.id.hex, node.epoch, Signer(keys.node), key)
    return Branch(ledger, line, Hq(line, who), manager_of(ledger))


def read_all(at: AtLedger, hq: Hq) -> int:
    """Read what HQ has to tell to its end; return how many items that were."""
    count, more = 0, True
    while more:
        items, more = pull(at, hq)
        count += items
    return count
