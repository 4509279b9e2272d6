"""The door out of the GUI thread, as presenters see it; no Qt in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pos_app.errors import PosError

T = TypeVar("T")


@dataclass(eq=False)
class LaneShut(PosError):
    """The lane takes nothing more: the program is closing."""

    lane: str


class Work(Protocol):
    """Runs tasks one after the other, off the GUI thread.

    The answer comes back on the GUI thread: to `done`, or an expected failure to `failed`. A bug is
    raised there. A late answer still comes: it must carry its request, and whoever asked must look.
    """

    def run(
        self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
    ) -> None: ...


class Callee(Protocol):
    """Does a task on its own thread while a task of another lane waits for it."""

    def call(self, task: Callable[[], T]) -> T:
        """Return what the task returns; what it raises is raised. Raises LaneShut."""
        ...
