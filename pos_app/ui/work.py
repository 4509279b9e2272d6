"""The door out of the GUI thread, as presenters see it; no Qt in here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from pos_app.errors import PosError

T = TypeVar("T")


class Work(Protocol):
    """Runs tasks one after the other, off the GUI thread.

    The answer comes back on the GUI thread: to `done`, or an expected failure to `failed`. A bug is
    raised there. A late answer still comes: it must carry its request, and whoever asked must look.
    """

    def run(
        self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
    ) -> None: ...
