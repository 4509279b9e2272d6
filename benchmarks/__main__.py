"""`python -m benchmarks [name …] [--quick] [--work DIR]`: measure, and print a line a target."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.backlog import backlog
from benchmarks.encryption import encryption
from benchmarks.feed import feed
from benchmarks.gui_feed import gui_feed
from benchmarks.gui_thread import gui_thread
from benchmarks.hq_push import hq_push
from benchmarks.idle_sync import idle_sync
from benchmarks.lookup import lookup
from benchmarks.memory import memory
from benchmarks.nights import night
from benchmarks.online_payment import online_payment
from benchmarks.opening import opening
from benchmarks.part_search import part_search
from benchmarks.payment import payment, tail
from benchmarks.quoting import quoting
from benchmarks.report import Line, heading
from benchmarks.rivals import rivals
from benchmarks.scale import FULL, QUICK, Bench
from benchmarks.snapshot import snapshot
from benchmarks.statements import statements
from benchmarks.taps import taps
from benchmarks.verification import verification

BENCHMARKS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "payment": payment,
    "tail": tail,
    "statements": statements,
    "encryption": encryption,
    "lookup": lookup,
    "search": part_search,
    "opening": opening,
    "verify": verification,
    "quote": quoting,
    "memory": memory,
    "taps": taps,
    "gui": gui_thread,
    "gui-feed": gui_feed,
    "push": hq_push,
    "online": online_payment,
    "idle": idle_sync,
    "rivals": rivals,
    "backlog": backlog,
    "feed": feed,
    "snapshot": snapshot,
    "night": night,
}


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks that are named, or all of them."""
    asked = _parser().parse_args(arguments)
    with TemporaryDirectory(prefix="member-terminal-bench-") as folder:
        work = asked.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        bench = Bench(work.resolve(), QUICK if asked.quick else FULL)
        print(heading(), flush=True)
        for name in asked.names or BENCHMARKS:
            for line in BENCHMARKS[name](bench):
                print(line, flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="name")
    parser.add_argument("--quick", action="store_true", help="20,000 members, fewer rounds")
    parser.add_argument("--work", type=Path, help="where files are kept; else they are made anew")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
