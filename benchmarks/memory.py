"""Target 18: what the program holds in memory when the members are a million."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.files import ledger_folder
from benchmarks.report import Line
from benchmarks.scale import Bench
from benchmarks.shop import Hands, open_ledger
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.members import find_exact, search

_AT_MOST_MB = 250
_LOOK_UPS = 1_000


def memory(bench: Bench) -> Iterator[Line]:
    """Measure a fresh process that opened the ledger and looked members up, then one with Qt."""
    folder, members = ledger_folder(bench.work, bench.scale.chain), bench.scale.chain.members
    what = f"memory after {_LOOK_UPS:,} look-ups among {members:,}"
    yield _line(f"{what}, ledger", _child("look_up", folder, members))
    yield _line(f"{what}, whole window", _child("look_up_in_window", folder, members))


def look_up(folder: str, members: str) -> None:
    """Look members up, exactly and by part; print the megabytes held as JSON."""
    empty = megabytes()
    with open_ledger(Path(folder), Hands()) as ledger:
        opened = megabytes()
        _everybody(ledger, int(members))
        held = {"empty": empty, "opened": opened, "after": megabytes()}
    sys.stdout.write(json.dumps(held))


def look_up_in_window(folder: str, members: str) -> None:
    """Do the same behind the open window."""
    from benchmarks.window import Screen  # noqa: PLC0415 -- the ledger alone is measured without Qt

    empty = megabytes()
    screen = Screen(Path(folder))
    opened = megabytes()
    screen.ask(lambda: _everybody(screen.ledger, int(members)))
    held = {"empty": empty, "opened": opened, "after": megabytes()}
    screen.close()
    sys.stdout.write(json.dumps(held))


def _line(what: str, held: dict[str, float]) -> Line:
    return Line(
        "18",
        what,
        f"{held['after']:.0f} MB",
        ratio=f"opened {held['opened']:.0f}, imports {held['empty']:.0f}",
        target=f"<= {_AT_MOST_MB} MB",
        met=held["after"] <= _AT_MOST_MB,
    )


def _child(task: str, folder: Path, members: int) -> dict[str, float]:
    code = f"import sys; from benchmarks.memory import {task}; {task}(*sys.argv[1:])"
    done = subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-c", code, str(folder), str(members)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    held: dict[str, float] = json.loads(done.stdout)
    return held


def _everybody(ledger: Ledger, members: int) -> None:
    chance = Random(13)  # noqa: S311 -- whom to look for, no secret
    for row in chance.choices(range(1, members + 1), k=_LOOK_UPS):
        _one(ledger, row)


def _one(ledger: Ledger, row: int) -> None:
    asked = "SELECT phone, name FROM member WHERE row = ?"
    phone, name = ledger.read().execute(asked, (row,)).fetchone()
    assert find_exact(ledger, phone) is not None, "everybody asked for is a member"
    search(ledger, phone[-4:])
    search(ledger, name[:2])


def megabytes(process: int | str = "self") -> float:
    """Return what a process holds now; where the system does not say, the most we ever held."""
    status = Path(f"/proc/{process}/status")
    if status.exists():
        lines = status.read_text().splitlines()
        (held,) = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
        return int(held) / 1024
    import resource  # noqa: PLC0415 -- Windows has none

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
