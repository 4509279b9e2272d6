"""Cut the power under a trading till, open its ledger on what the disk kept, and count.

`python -m tests.e2e.crash_loop --cuts 2000` is the long proof; the gate takes a small sample. Its
two controls must fail, or the proof proves nothing: `--synchronous NORMAL` loses what it
acknowledged, and a disk that only says that it has synced (`--lying`) also breaks the file.

Real: the use cases, `Ledger`, `LedgerFile`, the migrations, the pragmas of `tune`, `verify`, and
SQLite's write-ahead log. Not real: SQLite is APSW's and not SQLCipher's, so that the file is in
the clear; it is locked exclusively, and the reader shares the writer's connection. The disk keeps
or loses unsynced sectors of 512 bytes whole, and forgets no name. A ledger is founded in peace.
"""

import argparse
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from pos_app.ids import OperatorId
from pos_app.ledger import operators
from pos_app.ledger.ledger import Ledger
from tests.e2e.crash_disk.connection import crash_opener
from tests.e2e.crash_disk.disk import CrashDisk
from tests.e2e.crash_disk.promises import Till
from tests.fakes import FakeClock
from tests.shop import MANAGER, TEST_KEYS, Shop, founding, intent

CUTS_A_LEDGER = 10
TOLD_MOST = 5


@dataclass(frozen=True, slots=True)
class Mode:
    """How the writer syncs, and whether the disk does what it says."""

    synchronous: str
    lying: bool

    def __str__(self) -> str:
        return f" --synchronous {self.synchronous}" + " --lying" * self.lying


@dataclass
class Tally:
    """What was promised, what was found, and what went wrong."""

    cuts: int = 0
    acknowledged: int = 0
    unheard: int = 0
    steps: int = 0
    lost: int = 0
    worst: int = 0
    corrupt: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Founded:
    """A ledger just founded, with its first manager and two members."""

    path: Path
    manager: OperatorId


def crash_loop(cuts: int, seed: int, mode: Mode) -> Tally:
    """Cut the power so often. A ledger serves until it fails; the next has the next seed."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="member-terminal-") as folder:
        template = _founded(Path(folder) / "template.db")
        while tally.cuts < cuts:
            path = Path(folder) / f"{seed}.db"
            shutil.copy(template.path, path)
            _one_ledger(Founded(path, template.manager), seed, mode, tally, cuts - tally.cuts)
            seed += 1
    return tally


def _founded(path: Path) -> Founded:
    clock = FakeClock()
    with crash_opener(CrashDisk(random.Random(0))) as opener:  # noqa: S311 -- no secret
        ledger = Ledger(path, TEST_KEYS, clock, founding(), opener=opener)
        number, pin = MANAGER
        first = operators.create_first_manager(ledger, number, "林晓雯", pin, intent())
        shop = Shop(ledger, clock, first.id)
        shop.member()
        shop.member("13912340218", name="Ann Lee")
        ledger.close()
    return Founded(path, first.id)


def _one_ledger(new: Founded, seed: int, mode: Mode, tally: Tally, cuts: int) -> None:
    dice = random.Random(seed)  # noqa: S311 -- no secret
    disk = CrashDisk(dice, lying=mode.lying)
    with crash_opener(disk, synchronous=mode.synchronous) as opener:
        till = Till(new.path, new.manager, disk, opener)
        for cut in range(1, min(CUTS_A_LEDGER, cuts) + 1):
            sound = _one_cut(till, dice, tally, f"--seed {seed} --cuts {cut}{mode}")
            if not sound:
                break
        till.close()
    tally.acknowledged += len(till.acknowledged)
    tally.unheard += till.unheard
    tally.steps += disk.steps


def _one_cut(till: Till, dice: random.Random, tally: Tally, replay: str) -> bool:
    try:
        till.trade_until_cut(dice)
        found = till.look()
    except BaseException as stopped:
        stopped.add_note(f"replay with {replay}")
        raise
    if dice.random() < 0.5:
        till.close()  # the next cut may strike while it opens
    tally.cuts += 1
    tally.lost += found.lost > 0
    tally.worst = max(tally.worst, found.lost)
    tally.corrupt += bool(found.wrong)
    if found.lost or found.wrong:
        tally.failures.append(f"{replay}: {found.lost} acknowledged are gone. {found.wrong}")
    return not (found.lost or found.wrong)


def main() -> int:
    """Run the loop and print what was counted."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cuts", type=int, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--synchronous", choices=("FULL", "NORMAL"), default="FULL")
    asked.add_argument("--lying", action="store_true")
    wanted = asked.parse_args()
    tally = crash_loop(wanted.cuts, wanted.seed, Mode(wanted.synchronous, wanted.lying))
    sys.stdout.write(
        f"cuts {tally.cuts}, disk steps {tally.steps}, acknowledged {tally.acknowledged},"
        f" committed but not yet acknowledged {tally.unheard},"
        f" cuts that lost {tally.lost} (worst {tally.worst}), corrupt {tally.corrupt},"
        f" failures {len(tally.failures)}\n"
    )
    sys.stdout.writelines(f"{failure}\n" for failure in tally.failures[:TOLD_MOST])
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
