"""The demo's own HQ as real processes: it comes with the window and goes with it, whatever ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest

from pos_app.clock import system_clock
from pos_app.demo.store import HQ_FOLDER, SECOND_FOLDER, Size, make_demo
from pos_app.embedded import EmbeddedHq
from pos_app.ledger.link import link_state
from pos_app.opening import DEFAULT_PROGRAMME, key_store_of, new_keys, open_ledger
from pos_app.settings import Settings
from pos_app.sync.facts import HqUnreachable
from tests.tree import ROOT

SMALL = Size(12, 12, 3)
PATIENCE_S = 90
_BEGUN = re.compile(r"Started server process \[(\d+)\]")


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """Make a small demo store that no HQ knows yet."""
    folder = tmp_path / "demo"
    folder.mkdir()
    keys = new_keys(key_store_of(Settings(data_dir=folder), demo=True))
    rules = DEFAULT_PROGRAMME.read_bytes()
    make_demo(folder, keys, rules, system_clock, SMALL, lambda _done, _whole: None)
    return folder


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Let no process outlive its test."""
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        end_group(process)
        process.communicate()


def end_group(process: subprocess.Popen[str]) -> None:
    """Kill a program with those that it has started; they outlive it where it was killed."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


Started = list[subprocess.Popen[str]]


def terminal(started: Started, demo: Path, *words: str) -> subprocess.Popen[str]:
    """Start the program on the demo, and wait for its green badge."""
    process = subprocess.Popen(  # noqa: S603 -- a list, and ours
        [sys.executable, "-m", "tests.e2e.embedded_till", str(demo), *words],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    started.append(process)
    assert process.stdout is not None
    assert process.stdout.readline() == "green\n"
    return process


def log_of(demo: Path) -> str:
    return (demo / HQ_FOLDER / "hq.log").read_text("utf-8")


def served(demo: Path) -> list[str]:
    """Return the number of every process that has served this HQ."""
    return _BEGUN.findall(log_of(demo))


def ended(demo: Path) -> bool:
    """Say whether the HQ that served last has said that it ended."""
    return f"Finished server process [{served(demo)[-1]}]" in log_of(demo)


def until(come: Callable[[], bool]) -> None:
    """Wait for something that other processes do."""
    pause = Event()
    for _ in range(PATIENCE_S * 10):
        if come():
            return
        pause.wait(0.1)
    raise AssertionError(come)


def acked(folder: Path) -> int:
    """Return how far HQ holds the chain of a ledger that no program has open."""
    settings = Settings(data_dir=folder)
    with open_ledger(settings, key_store_of(settings, demo=True), system_clock) as ledger:
        return link_state(ledger).acked_seq


def test_closing_the_window_stops_hq_which_holds_the_whole_year(
    demo: Path, started: Started
) -> None:
    first = terminal(started, demo, "--close")

    code = first.wait(PATIENCE_S)

    assert code == 0
    assert ended(demo)
    assert acked(demo) > 50


def test_a_second_start_goes_on_with_the_same_hq(demo: Path, started: Started) -> None:
    terminal(started, demo, "--close").wait(PATIENCE_S)
    before = acked(demo)

    again = terminal(started, demo, "--close").wait(PATIENCE_S)

    assert again == 0
    assert acked(demo) >= before
    assert len(served(demo)) == 2
    assert ended(demo)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process in another way")
def test_hq_ends_by_itself_when_its_terminal_is_killed(demo: Path, started: Started) -> None:
    first = terminal(started, demo)
    before = ended(demo)

    first.kill()
    until(lambda: ended(demo))

    assert not before


def test_two_terminals_of_one_store_know_the_same_members(demo: Path, started: Started) -> None:
    first = terminal(started, demo, "--terminals", "2")
    second = demo / SECOND_FOLDER

    until(lambda: log_of(demo).count("POST /v1/enrol 200") == 2)
    until(lambda: "GET /v1/feed" in log_of(demo).split("POST /v1/enrol 200")[-1])
    first.kill()
    until(lambda: ended(demo))

    assert (second / "ledger.db").exists()


def test_an_hq_that_is_stopped_is_not_reached_and_one_begun_again_is(tmp_path: Path) -> None:
    hq = EmbeddedHq(tmp_path / HQ_FOLDER)
    hq.begin("S001", "徐家汇店")
    first = hq.address()
    hq.stop()
    with pytest.raises(HqUnreachable):
        hq.address()

    hq.begin("S001", "徐家汇店")
    code = hq.enrol_code("S001", "3 号机")
    second = hq.address()
    hq.stop()

    assert first.startswith("http://127.0.0.1:")
    assert second.startswith("http://127.0.0.1:")
    assert len(code.split("-")) == 4
    assert hq.pid is None


def test_only_one_program_serves_a_folder(tmp_path: Path) -> None:
    first, second = EmbeddedHq(tmp_path / HQ_FOLDER), EmbeddedHq(tmp_path / HQ_FOLDER)
    first.begin("S001", "徐家汇店")
    first.address()

    second.begin("S001", "徐家汇店")
    with pytest.raises(HqUnreachable):
        second.address()
    second.stop()
    first.stop()

    assert len(served(tmp_path)) == 1
