"""Kill tills and their HQ at any moment on a bad network, let all come home, and count.

`python -m tests.e2e.sync_loop --kills 200` is the long proof, `--postgres` runs HQ on a PostgreSQL
of its own; the gate takes a small sample. A seed repeats the dice, not the race.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event

from pos_app.errors import PosError
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import link_state
from pos_app.ledger.store import right_rows
from pos_app.security.keystore import NODE
from pos_app.security.signing import Signer
from pos_app.sync.cycle import run_cycle
from pos_app.sync.hq import Hq, Identity
from pos_app.sync.transport import HttpTransport
from pos_hq import opening
from tests.e2e import sync_promises as promises
from tests.e2e.fault_proxy import FAIR, Fate, FaultProxy
from tests.e2e.hq_process import HqHome, NotReady, Running, address_of
from tests.e2e.sync_promises import Kept, kept_by
from tests.e2e.syncing_till import ANSWER_S
from tests.e2e.till_home import Home
from tests.postgres import Server, new_folder
from tests.postgres_run import Databases, keeper

HQ = "hq"
LONGEST_LIFE_S = 1.5
KILLED_AT_THE_START = 0.15
KILLED_AT_A_WRITE = 0.6
_A_WRITE_S = 0.03
ROUNDS_HOME = 10
# What a doubled question brings about: HQ has answered its twin already.
EXPECTED_TROUBLES = frozenset({"HqRefused not_authorised"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """How long a proof is asked for, and on which database of HQ's; none is a file of its own."""

    kills: int
    seed: int = 1
    tills: int = 2
    database: str = ""


@dataclass
class Tally:
    """What was done, what was found, and what went wrong."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    events: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


class SyncLoop:
    """One chain from its founding to the last count."""

    def __init__(self, folder: Path, wanted: Wanted, proxy: FaultProxy) -> None:
        self.tally = Tally()
        self._wanted = wanted
        self._proxy = proxy
        self._dice = Random(wanted.seed)  # noqa: S311 -- no secret
        self._hq_home = HqHome.founded(folder / HQ, wanted.database)
        self._homes = [Home(folder / f"S{number:03d}") for number in range(1, 1 + wanted.tills)]
        self._running: dict[str, Running] = {}

    def run(self) -> None:
        """Found, kill, come home, count."""
        try:
            self._begin()
            while self.tally.kills.total() < self._wanted.kills and not self.tally.failures:
                self._kill_one()
            self._stop_tills()
            self._come_home()
        except NotReady as ended:
            self.tally.failures.append(f"a process did not start: {ended}")
        finally:
            for one in self._running.values():
                one.kill()

    def _begin(self) -> None:
        first = self._running[HQ] = self._hq_home.serve()
        self._proxy.hq = address_of(first)
        for home in self._homes:
            self._hq_home.enrol(home, self._proxy.hq)
        for home in self._homes:
            self._start(home.name)

    def _start(self, name: str) -> None:
        """Start a process on what it has on its disk; HQ comes back where it was."""
        if name == HQ:
            assert self._proxy.hq is not None
            self._running[HQ] = self._hq_home.serve(self._proxy.hq[1])
            return
        home = next(one for one in self._homes if one.name == name)
        words = (str(home.folder), self._proxy.url, str(self._dice.getrandbits(32)))
        self._running[name] = Running.start(
            "tests.e2e.syncing_till", *words, log=home.log_path, env=dict(os.environ)
        )

    def _kill_one(self) -> None:
        """Kill somebody in the middle of whatever they do, and let them come back at once."""
        name = self._dice.choice(list(self._running))
        one = self._running[name]
        if self._dice.random() >= KILLED_AT_THE_START:
            one.ready()
        self._wait()
        died = one.kill()
        self.tally.kills[name] += 1
        if died:
            self._fail(f"{name} {died}")
        if name == HQ:
            self._look_at_hq()
        self._start(name)

    def _wait(self) -> None:
        """Let all live for a while, often until just after something was sent to HQ for good."""
        Event().wait(self._dice.uniform(0, LONGEST_LIFE_S))
        if self._dice.random() < KILLED_AT_A_WRITE:
            self._proxy.at_stake.clear()
            self._proxy.at_stake.wait(LONGEST_LIFE_S)
            Event().wait(self._dice.uniform(0, _A_WRITE_S))

    def _look_at_hq(self) -> None:
        """Look at what a killed HQ has left behind, before it starts again."""
        with opening.opened(self._hq_home.settings) as hq:
            for wrong in promises.now(hq):
                self._fail(wrong)
            for home in self._homes:
                for wrong in promises.forgotten(hq, home.said().held_at_hq, home.name):
                    self._fail(wrong)

    def _stop_tills(self) -> None:
        for home in self._homes:
            died = self._running.pop(home.name).kill()
            if died:
                self._fail(f"{home.name} {died}")
        self._running[HQ].ready()

    def _come_home(self) -> None:
        """Let the network be fair, everybody tell everything, and look at what is left."""
        self._proxy.weather = FAIR
        with ExitStack() as stack:
            tills = [(home, stack.enter_context(home.opened())) for home in self._homes]
            for _ in range(ROUNDS_HOME):
                settled = [_synced(home, ledger, self._proxy.url) for home, ledger in tills]
                if all(settled):
                    break
            self._count([(home, ledger, kept_by(home, ledger)) for home, ledger in tills])

    def _count(self, tills: list[tuple[Home, Ledger, Kept]]) -> None:
        tally, hq = self.tally, self._running.pop(HQ)
        for home, ledger, kept in tills:
            self._hear(home, kept)
            for wrong in promises.at_till(home, ledger, kept):
                self._fail(wrong)
        if (code := hq.end()) != 0:
            self._fail(f"HQ was asked to end, and ended with {code}")
        with opening.opened(self._hq_home.settings) as book:
            for wrong in promises.at_hq(book, [kept for _, _, kept in tills]):
                self._fail(wrong)
        code, told = self._hq_home.verify()
        if code or not told.endswith("sound\n"):
            self._fail(f"pos-hq verify: {code}: {told}")
        tally.fates, tally.statuses = self._proxy.fates, self._proxy.statuses
        if tally.statuses[500] or hq.words():
            self._fail(f"HQ fell over: {hq.words()}")

    def _hear(self, home: Home, kept: Kept) -> None:
        said, tally = home.said(), self.tally
        tally.acknowledged += len(said.acknowledged)
        tally.events += len(kept.payloads)
        tally.kinds.update(kept.kinds)
        tally.troubles.update(said.troubles)
        for trouble in set(said.troubles) - EXPECTED_TROUBLES:
            self._fail(f"{home.name} was stopped by {trouble}")

    def _fail(self, wrong: str) -> None:
        done = self.tally.kills.total()
        self.tally.failures.append(f"--seed {self._wanted.seed}, kill {done}: {wrong}")


def sync_loop(wanted: Wanted) -> Tally:
    """Play one proof in a folder of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="member-terminal-") as folder,
        FaultProxy(wanted.seed, stall_s=ANSWER_S + 0.1) as proxy,
    ):
        loop = SyncLoop(Path(folder), wanted, proxy)
        loop.run()
    return loop.tally


def _synced(home: Home, ledger: Ledger, url: str) -> bool:
    """Run one cycle; say whether nothing is left to tell, to ask or to receive."""
    node, key = ledger.node, link_state(ledger).key
    assert key is not None, "this till has joined"
    who = Identity(node.id.hex, node.epoch, Signer(home.keys.get(NODE)), key)
    way = HttpTransport(url)
    try:
        report = run_cycle(lambda task: task(ledger), Hq(way, who))
    except PosError:
        return False  # a request of before the fair weather may still come in between
    finally:
        way.close()
    asked = right_rows.open_asks(ledger.read())
    return not (report.pushed or report.pulled or report.granted or asked)


@contextmanager
def own_postgres() -> Iterator[str]:
    """Start a PostgreSQL for one proof, as the tests do, and return the URL of a database."""
    server = Server(new_folder())
    waiting = keeper(server)
    try:
        server.start()
        yield Databases(server).create()
    finally:
        waiting.communicate(timeout=60)


def main() -> int:
    """Run the proof and print what was counted."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--tills", type=int, default=2)
    asked.add_argument("--postgres", action="store_true")
    given = asked.parse_args()
    with own_postgres() if given.postgres else nullcontext("") as database:
        tally = sync_loop(Wanted(given.kills, given.seed, given.tills, database))
    for name, figures in (
        ("kills", tally.kills), ("events", tally.kinds), ("requests", tally.fates),
        ("answers of HQ", tally.statuses), ("troubles", tally.troubles),
    ):  # fmt: skip
        told = ", ".join(f"{what} {count}" for what, count in sorted(figures.items()))
        sys.stdout.write(f"{name}: {told}\n")
    sys.stdout.write(
        f"kills {tally.kills.total()}, acknowledged facts {tally.acknowledged},"
        f" events {tally.events}, failures {len(tally.failures)}\n"
    )
    sys.stdout.writelines(f"{failure}\n" for failure in tally.failures)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
