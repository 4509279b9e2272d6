"""Kill a paying till at any moment, open its ledger again, and count what it had promised.

`python -m tests.e2e.kill_loop --kills 500` is the long proof; the gate takes a small sample.
"""

import argparse
import os
import random
import selectors
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store import journal
from pos_app.ledger.store.verify import verify
from tests.e2e.paying_till import ACKNOWLEDGED, TRYING, pay_until_killed
from tests.fakes import FakeClock
from tests.shop import TEST_KEYS, Shop, founding, open_ledger, open_shop

KILLS_A_LEDGER = 25
LONGEST_LIFE_S = 0.25


@dataclass
class Tally:
    """What was promised, what was found, and what went wrong."""

    kills: int = 0
    acknowledged: int = 0
    committed_unheard: int = 0
    events: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass
class Heard:
    """What one life of the till said before it was killed."""

    tried: list[IntentId] = field(default_factory=list)
    acknowledged: list[IntentId] = field(default_factory=list)
    died_by_itself: bool = False

    @classmethod
    def of(cls, said: bytes) -> "Heard":
        """Read whole lines; a line cut by the kill was never said."""
        heard = cls()
        for line in said.split(b"\n")[:-1]:
            word, _, name = line.partition(b" ")
            intents = {TRYING: heard.tried, ACKNOWLEDGED: heard.acknowledged}[word]
            intents.append(IntentId(UUID(hex=name.decode())))
        return heard


def kill_loop(kills: int, seed: int) -> Tally:
    """Kill so many tills; every ledger serves a while and is then replaced by a new one."""
    dice, tally = random.Random(seed), Tally()  # noqa: S311 -- no secret
    while tally.kills < kills and not tally.failures:
        with tempfile.TemporaryDirectory(prefix="member-terminal-") as folder:
            for _ in _lives(Path(folder), dice, tally, min(KILLS_A_LEDGER, kills - tally.kills)):
                if tally.failures:
                    break
    return tally


def _lives(folder: Path, dice: random.Random, tally: Tally, kills: int) -> Iterator[None]:
    shop = _opened_for_the_first_time(folder)
    promised: set[IntentId] = set()
    for _ in range(kills):
        heard = _one_life(folder, shop, dice)
        tally.kills += 1
        tally.acknowledged += len(heard.acknowledged)
        promised.update(heard.acknowledged)
        with Ledger(folder / "ledger.db", TEST_KEYS, FakeClock(), founding()) as ledger:
            _count(ledger, heard, promised, tally)
        yield
    tally.events += _events(folder)


def _opened_for_the_first_time(folder: Path) -> "Till":
    shop = open_shop(folder, FakeClock())
    member = shop.member()
    shop.ledger.close()
    return Till(shop.manager, member)


@dataclass(frozen=True, slots=True)
class Till:
    """Who sells to whom."""

    manager: OperatorId
    member: MemberId


def _one_life(folder: Path, till: Till, dice: random.Random) -> Heard:
    """Let a till pay, kill it without warning, and return what it had said."""
    reading, writing = os.pipe()
    seed, life = dice.getrandbits(32), dice.uniform(0, LONGEST_LIFE_S)
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(folder, till, writing, seed)
    os.close(writing)
    try:
        said = _listen(reading, life)
    finally:
        os.kill(child, signal.SIGKILL)
        _, how = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as rest:
        heard = Heard.of(said + rest.read())
    heard.died_by_itself = not os.WIFSIGNALED(how)
    return heard


def _live(folder: Path, till: Till, writing: int, seed: int) -> None:
    """Pay until the end; whatever goes wrong is said where the parent hears it."""
    try:
        clock = FakeClock()
        shop = Shop(open_ledger(folder, clock), clock, till.manager)
        pay_until_killed(shop, till.member, writing, random.Random(seed))  # noqa: S311
    finally:
        os._exit(1)


def _listen(reading: int, life: float) -> bytes:
    """Hear the till's first word, so that it lives, then let it go on for a moment."""
    said = b""
    with selectors.DefaultSelector() as selector, ExitStack():
        selector.register(reading, selectors.EVENT_READ)
        if selector.select(timeout=30):
            said = os.read(reading, 65_536)
        selector.unregister(reading)
        selector.select(timeout=life)
    return said


def _count(ledger: Ledger, heard: Heard, promised: set[IntentId], tally: Tally) -> None:
    found = ledger.read().execute("SELECT intent FROM journal WHERE intent IS NOT NULL").fetchall()
    kept = [IntentId(UUID(bytes=intent)) for (intent,) in found]
    lost = promised - set(kept)
    if lost:
        tally.failures.append(f"kill {tally.kills}: {len(lost)} acknowledged payments are gone")
    if len(kept) != len(set(kept)):
        tally.failures.append(f"kill {tally.kills}: an intent was committed twice")
    if heard.died_by_itself:
        tally.failures.append(f"kill {tally.kills}: the till had stopped by itself")
    for unheard in set(heard.tried) - set(heard.acknowledged):
        tally.committed_unheard += journal.event_of_intent(ledger.read(), unheard) is not None
    fault = next((one.fault for one in verify(ledger.read()) if one.fault), None)
    if fault is not None:
        tally.failures.append(f"kill {tally.kills}: {fault}")


def _events(folder: Path) -> int:
    with Ledger(folder / "ledger.db", TEST_KEYS, FakeClock(), founding()) as ledger:
        return journal.head_of(ledger.read()).seq


def main() -> int:
    """Run the loop and print what was counted."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=15)
    asked.add_argument("--seed", type=int, default=1)
    wanted = asked.parse_args()
    tally = kill_loop(wanted.kills, wanted.seed)
    sys.stdout.write(
        f"kills {tally.kills}, acknowledged payments {tally.acknowledged},"
        f" committed but not yet acknowledged {tally.committed_unheard},"
        f" events {tally.events}, failures {len(tally.failures)}\n"
    )
    sys.stdout.writelines(f"{failure}\n" for failure in tally.failures)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
