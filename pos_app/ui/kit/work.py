"""The lanes: serial workers for ledger and network, and the one that is done at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread, current_thread
from typing import NoReturn, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from pos_app.errors import PosError
from pos_app.ui.work import LaneShut

T = TypeVar("T")
Answer = Callable[[], None]
_log = logging.getLogger(__name__)


class _Window(QObject):
    """Hands answers over to the thread that owns it."""

    passed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open = True
        self.passed.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def shut(self) -> None:
        self._open = False

    def _take(self, answer: Answer) -> None:
        if self._open:
            answer()


class Lane:
    """One thread, one queue: what is asked first is answered first. Make it on the GUI thread."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: SimpleQueue[Callable[[], Answer | None] | None] = SimpleQueue()
        self._shut = False
        self._door = Lock()
        self._window = _Window()
        self._gui = current_thread()
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(
        self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
    ) -> None:
        self._jobs.put(partial(_do, task, done, failed))

    def call(self, task: Callable[[], T]) -> T:
        """Do a task on this lane and wait for it, from a task of another lane.

        What it raises is raised here. Raises LaneShut when the lane takes nothing more.
        """
        assert current_thread() not in (self._gui, self._thread), "it would wait for itself"
        answer: Future[T] = Future()
        with self._door:
            if self._shut:
                raise LaneShut(self._name)
            self._jobs.put(partial(_answer, task, answer))
        return answer.result()

    def close(self, patience_s: int = 5) -> bool:
        """Finish what was asked and stop; no answer is delivered any more.

        Returns False when a task did not end in time; its thread dies with the process.
        """
        self._window.shut()
        with self._door:
            self._shut = True
            self._jobs.put(None)
        self._thread.join(patience_s)
        if self._thread.is_alive():
            _log.info("lane %s still works", self._name)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            answer = job()
            if answer is not None:
                self._window.passed.emit(answer)


class Inline:
    """Does the task at once, on the caller's thread: for tests and for start-up."""

    def run(
        self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
    ) -> None:
        _do(task, done, failed)()

    def call(self, task: Callable[[], T]) -> T:
        return task()


def _answer(task: Callable[[], T], answer: Future[T]) -> None:
    """Do a task for whoever waits for its answer; what it raises is raised there."""
    try:
        answer.set_result(task())
    except Exception as raised:  # noqa: BLE001 -- it is raised where the answer is waited for
        answer.set_exception(raised)


def _do(
    task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
) -> Answer:
    """Do a task and return how its answer is delivered."""
    try:
        result = task()
    except PosError as failure:
        return partial(failed, failure)
    except Exception as bug:  # noqa: BLE001 -- a bug crosses to the GUI thread and is raised there
        return partial(_raise, bug)
    return partial(done, result)


def _raise(bug: Exception) -> NoReturn:
    raise bug
