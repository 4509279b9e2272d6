"""Target 16: how long the window's thread is kept waiting while payments commit in the lane."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, Qt, QTimer

from benchmarks.files import ledger_folder
from benchmarks.measure import p99, percentile
from benchmarks.report import Line, shown
from benchmarks.scale import Bench
from benchmarks.shop import copied
from benchmarks.till import Till
from benchmarks.window import Screen

_AT_MOST_SECONDS = 0.016
_BEAT_MS = 1


def gui_thread(bench: Bench) -> Iterator[Line]:
    """Measure the lateness of a one-millisecond beat, idle and under payments in turns."""
    with TemporaryDirectory(dir=bench.work) as folder:
        kept = ledger_folder(bench.work, bench.scale.shop)
        screen = Screen(copied(kept, Path(folder) / "window"))
        paying = copied(kept, Path(folder) / "till")
        till = screen.ask(lambda: Till(paying, members=bench.scale.shop.buyers))
        watched = bench.scale.watched_ms
        idle: list[float] = []
        busy: list[float] = []
        paid = 0
        for _ in range(bench.scale.rounds):
            idle += beats(screen, for_ms(watched))
            work = Payments(screen, till)
            busy += beats(screen, for_ms(watched))
            paid += work.stop()
        screen.ask(till.close)
        screen.close()
    yield from blocked(f"while {paid:,} payments commit", busy, idle)


def blocked(what: str, busy: list[float], idle: list[float]) -> Iterator[Line]:
    """Report how late the beats came, and the latest."""
    low, high = percentile(busy, 10), percentile(busy, 90)
    yield Line(
        "16",
        f"GUI thread blocked {what}, p99",
        shown(p99(busy)),
        f"{shown(p99(idle))} idle",
        f"p50 {shown(median(busy))} ({shown(low)}-{shown(high)})",
        f"<= {_AT_MOST_SECONDS * 1e3:.0f} ms",
        p99(busy) <= _AT_MOST_SECONDS,
    )
    yield Line("16", "  beside it: the longest", shown(max(busy)), f"{shown(max(idle))} idle")


class Payments:
    """Pays in the lane, one payment after the other, until stopped."""

    def __init__(self, screen: Screen, till: Till) -> None:
        self._screen = screen
        self._till = till
        self._going = True
        self._paid = 0
        self._next()

    def stop(self) -> int:
        """Stop and return how many were paid."""
        self._going = False
        self._screen.settle()
        return self._paid

    def _next(self) -> None:
        self._screen.lane.run(self._till.trial, done=self._done, failed=_raise)

    def _done(self, _seconds: float) -> None:
        self._paid += 1
        if self._going:
            self._next()


def for_ms(watched: int) -> Callable[[QEventLoop], None]:
    """Return what ends the watch after a while."""
    return lambda loop: QTimer.singleShot(watched, loop, loop.quit)


def beats(screen: Screen, begin: Callable[[QEventLoop], None]) -> list[float]:
    """Return how late each beat of the event loop came, until what was begun quits it."""
    loop, timer, times = QEventLoop(), QTimer(screen.window), [time.perf_counter()]
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: times.append(time.perf_counter()))
    timer.start(_BEAT_MS)
    begin(loop)
    loop.exec()
    timer.stop()
    timer.deleteLater()
    gaps = (later - sooner for sooner, later in pairwise(times))
    return [max(0.0, gap - _BEAT_MS / 1e3) for gap in gaps]


def _raise(failure: Exception) -> None:
    raise failure
