"""Target 7: from a closed file to the first screen's data, in a process that has just started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.files import ledger_folder
from benchmarks.measure import percentile
from benchmarks.report import Line, shown
from benchmarks.scale import Bench
from benchmarks.shop import Hands, ledger_in, manager_of, open_ledger
from pos_app.ledger import counter, today
from pos_app.ledger.members import find_exact, recent

_AT_MOST_SECONDS = 1.0


def opening(bench: Bench) -> Iterator[Line]:
    """Measure opening with the file in the machine's memory, and with it on the disk alone."""
    folder = ledger_folder(bench.work, bench.scale.chain)
    size = bench.scale.chain
    transfers = size.buyers * (2 + 4 * size.orders)
    what = f"open {size.members:,} members, {transfers:,} transfers"
    _child(folder)
    yield _line(what, [_child(folder) for _ in range(bench.scale.rounds)])
    if hasattr(os, "posix_fadvise"):
        yield _line(
            "  the same with nothing of the file in memory", _cold(folder, bench.scale.rounds)
        )


def first_screen(folder: str, born: float) -> None:
    """Open the ledger and read what the first screen shows; print the seconds as JSON."""
    loaded = time.perf_counter()
    with open_ledger(Path(folder), Hands()) as ledger:
        (last,) = recent(ledger, 1)
        hit = find_exact(ledger, last.number)
        assert hit is not None, "who was here last is a member"
        counter.open_member(ledger, hit.id)
        today.of_operator(ledger, manager_of(ledger))
        done = time.perf_counter()
    sys.stdout.write(json.dumps({"import": loaded - born, "open": done - loaded}))


def _line(what: str, runs: list[dict[str, float]]) -> Line:
    opened = [run["open"] for run in runs]
    low, high = percentile(opened, 10), percentile(opened, 90)
    return Line(
        "7",
        what,
        shown(median(opened)),
        ratio=f"{shown(low)}-{shown(high)}, import {shown(median(run['import'] for run in runs))}",
        target="<= 1 s",
        met=median(opened) <= _AT_MOST_SECONDS,
    )


def _cold(folder: Path, times: int) -> list[dict[str, float]]:
    runs = []
    for _ in range(times):
        with ledger_in(folder).open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        runs.append(_child(folder))
    return runs


def _child(folder: Path) -> dict[str, float]:
    code = (
        "import sys, time; born = time.perf_counter(); "
        "from benchmarks.opening import first_screen; first_screen(sys.argv[1], born)"
    )
    done = subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-c", code, str(folder)], check=True, capture_output=True, text=True
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer
