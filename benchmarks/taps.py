"""Targets 15 and 18: how soon a key or a scan shows, and that taps leave nothing in memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt

from benchmarks.files import ledger_folder
from benchmarks.measure import percentile
from benchmarks.memory import megabytes
from benchmarks.report import Line, shown
from benchmarks.scale import Bench
from benchmarks.shop import copied
from benchmarks.window import Screen

_TAP_SECONDS = 0.050
_SCAN_SECONDS = 0.150
_TIMED_TAPS = 300
_SCANS = 60
_GROWTH_MB = 8
_DIGITS = "12345678"


def taps(bench: Bench) -> Iterator[Line]:
    """Measure the open window: amount keys, scans of members, and many keys more."""
    with TemporaryDirectory(dir=bench.work) as folder:
        kept = ledger_folder(bench.work, bench.scale.shop)
        screen = Screen(copied(kept, Path(folder) / "ours"))
        scale = bench.scale
        yield _answered(screen, min(_TIMED_TAPS, scale.taps))
        yield _scanned(screen, min(_SCANS, scale.shop.members))
        yield _flat(screen, scale.taps)
        screen.close()


def _answered(screen: Screen, times: int) -> Line:
    screen.desk.shell.checkout.focus_amount()
    screen.settle()
    seconds = [_tap(screen, _DIGITS[n % len(_DIGITS)]) for n in range(times)]
    return _line("15", "key tap to repaint of the amount, p95", seconds, _TAP_SECONDS)


def _tap(screen: Screen, digit: str) -> float:
    checkout = screen.desk.shell.checkout
    checkout.amount_edited("")
    screen.settle()
    before = checkout.shown.state.amount
    begun = time.perf_counter()
    screen.key(digit)
    ended = screen.until(lambda: checkout.shown.state.amount != before, screen.window.panel.amount)
    return ended - begun


def _scanned(screen: Screen, times: int) -> Line:
    numbers = screen.ask(
        lambda: (
            screen.ledger.read()
            .execute("SELECT number FROM member ORDER BY row DESC LIMIT ?", (times,))
            .fetchall()
        )
    )
    seconds = [_scan(screen, number) for (number,) in numbers]
    return _line("15", "scan to the member shown, p95", seconds, _SCAN_SECONDS)


def _scan(screen: Screen, number: str) -> float:
    counter = screen.desk.shell.counter
    counter.leave()
    screen.settle()
    screen.key(f"MBR:{number}")
    begun = time.perf_counter()
    screen.key(Qt.Key.Key_Return)
    ended = screen.until(
        lambda: counter.shown.state.loaded is not None, screen.window.counter.member
    )
    return ended - begun


def _flat(screen: Screen, times: int) -> Line:
    """Tap on, and compare what is held after the first half with what is held at the end."""
    counts = (times // 10, times - times // 10)
    held = [_tap_on(screen, count) for count in counts]
    growth = held[1] - held[0]
    return Line(
        "18",
        f"memory grown over {counts[1]:,} key taps",
        f"{growth:.1f} MB",
        ratio=f"{held[0]:.0f} to {held[1]:.0f} MB, this process",
        target=f"flat (< {_GROWTH_MB} MB)",
        met=growth < _GROWTH_MB,
    )


def _tap_on(screen: Screen, times: int) -> float:
    checkout = screen.desk.shell.checkout
    for n in range(times):
        if n % len(_DIGITS) == 0:
            checkout.amount_edited("")
        screen.window.panel.type_key(_DIGITS[n % len(_DIGITS)])
        if n % 50 == 0:
            screen.settle()
    screen.settle()
    return megabytes()


def _line(number: str, what: str, seconds: list[float], most: float) -> Line:
    slow = percentile(seconds, 95)
    low, high = percentile(seconds, 10), percentile(seconds, 90)
    return Line(
        number,
        what,
        shown(slow),
        ratio=f"p50 {shown(median(seconds))} ({shown(low)}-{shown(high)})",
        target=f"<= {most * 1e3:.0f} ms",
        met=slow <= most,
    )
