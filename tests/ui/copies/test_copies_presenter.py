"""What the window says of the copies: nothing while all is well, and what is wrong once."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.copies.facts import VolumeFull, VolumeGone
from pos_app.errors import PosError
from pos_app.ui.copies.presenter import CopiesPresenter, Job
from pos_app.ui.copies.state import CopiesState
from pos_app.ui.kit.work import Inline
from tests.ui.shell.till import SlowLane


class Volume:
    """Answers a job as a test wants."""

    def __init__(self) -> None:
        self.wrong: PosError | None = None
        self.due = True
        self.asked = 0

    def __call__(self) -> bool:
        self.asked += 1
        if self.wrong is not None:
            raise self.wrong
        return self.due


def shown(copy: Callable[[], bool] | None, backup: Callable[[], bool]) -> CopiesPresenter:
    second = None if copy is None else Job(Inline(), copy)
    return CopiesPresenter(second, Job(Inline(), backup))


def test_while_all_is_well_nothing_is_said() -> None:
    stick, disk = Volume(), Volume()
    copies = shown(stick, disk)

    copies.tick()
    copies.tick()

    assert copies.shown.state == CopiesState()
    assert (stick.asked, disk.asked) == (2, 2)


def test_a_stick_that_is_gone_is_told_and_forgotten_when_it_is_back() -> None:
    stick = Volume()
    copies = shown(stick, Volume())
    said: list[CopiesState] = []
    copies.shown.attach(said.append)
    stick.wrong = VolumeGone("/media/stick")

    copies.tick()
    copies.tick()
    stick.wrong = None
    copies.tick()

    words = [state.short for state in said]
    assert words == ["", "No second copy", ""]
    assert "/media/stick" in said[1].sentence


def test_a_backup_that_failed_stays_said_until_one_is_made() -> None:
    disk = Volume()
    copies = shown(None, disk)
    disk.wrong = VolumeFull("/backups")
    copies.tick()

    disk.wrong, disk.due = None, False
    copies.tick()
    between = copies.shown.state.short
    disk.due = True
    copies.tick()

    assert between == "No backup"
    assert copies.shown.state == CopiesState()


def test_what_is_under_way_is_not_begun_twice() -> None:
    lane, stick = SlowLane(), Volume()
    copies = CopiesPresenter(Job(lane, stick), Job(Inline(), Volume()))

    copies.tick()
    copies.tick()
    waiting = stick.asked
    lane.finish()

    assert (waiting, stick.asked) == (0, 1)
