"""Lets second copy and backups be made behind the counter, and says when they are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.language import _
from pos_app.ui.copies.state import CopiesState
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again on a lane of its own; it says whether it was time for it."""

    lane: Work
    task: Callable[[], bool]


class CopiesPresenter:
    """A copy that cannot be made is told once, stays in the status bar, and is tried again."""

    def __init__(self, second_copy: Job | None, backup: Job) -> None:
        """`second_copy` is None where the settings name no volume for it."""
        self._jobs = {"backup": backup}
        if second_copy is not None:
            self._jobs["second_copy"] = second_copy
        self._busy: set[str] = set()
        self._wrong: dict[str, str] = {}
        self.shown = Shown(CopiesState())

    def tick(self) -> None:
        """Begin what is not under way; called every second."""
        for name in sorted(self._jobs.keys() - self._busy):
            self._begin(name, self._jobs[name])

    def _begin(self, name: str, job: Job) -> None:
        def done(looked: bool) -> None:  # noqa: FBT001 -- the answer of a task
            self._ended(name, "" if looked else self._wrong.get(name, ""))

        def failed(fact: PosError) -> None:
            self._ended(name, sentence(fact))

        self._busy.add(name)
        job.lane.run(job.task, done=done, failed=failed)

    def _ended(self, name: str, wrong: str) -> None:
        self._busy.discard(name)
        self._wrong[name] = wrong
        told = next(((one, text) for one, text in self._wrong.items() if text), ("", ""))
        self.shown.show(CopiesState(_short(told[0]), told[1]))


def _short(name: str) -> str:
    return {"second_copy": _("No second copy"), "backup": _("No backup")}.get(name, "")
