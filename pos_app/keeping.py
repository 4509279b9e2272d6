"""The copies of an open ledger: their lanes, their pulse, and what the window says of them."""

from __future__ import annotations

from threading import Event

from pos_app.clock import Clock
from pos_app.copies.backups import Keep
from pos_app.copies.facts import CopyStopped
from pos_app.copies.rota import Place, Rota
from pos_app.copies.second_copy import SecondCopy
from pos_app.copies.source import Source
from pos_app.settings import Settings
from pos_app.ui.copies.presenter import CopiesPresenter, Job
from pos_app.ui.copies.pulse import CopiesPulse
from pos_app.ui.kit.work import Lane
from pos_app.ui.shell.presenter import ShellPresenter

# A volume that hangs loses nothing when the program ends without it.
PATIENCE_S = 2
# The disk is left to the payments between two steps of a backup.
BREATH_S = 0.004


def place_of(settings: Settings) -> Place:
    """Return where backups go and how many stay."""
    keep = Keep(settings.backups_latest, settings.backups_days)
    return Place(settings.backup_path, keep, ours=settings.backup_dir is None)


class Keeping:
    """Lives from the moment the desk is built until the program closes; make it on the GUI thread.

    Second copy and backup have a lane each: neither waits for the other, and no payment for them.
    """

    def __init__(self, settings: Settings, source: Source, now: Clock) -> None:
        self._stop = Event()
        self._backups = Lane("backup")
        self._lanes = [self._backups]
        rota = Rota(source, place_of(settings), now, self._pause)
        self.copies = CopiesPresenter(
            self._second_copy(settings, source), Job(self._backups, rota.beat)
        )
        self._pulse: CopiesPulse | None = None

    def begin(self, shell: ShellPresenter) -> None:
        """Show in the window how the copies fare, and make them from now on."""
        self.copies.shown.attach(shell.show_copies)
        self._pulse = CopiesPulse(self.copies)

    def close(self) -> None:
        """Copy no more; a volume that hangs is left to end with the process."""
        self._stop.set()
        if self._pulse is not None:
            self._pulse.stop()
        for lane in self._lanes:
            lane.close(PATIENCE_S)

    def _second_copy(self, settings: Settings, source: Source) -> Job | None:
        if settings.second_copy is None:
            return None
        copy = SecondCopy(source, settings.second_copy, stopping=self._stop.is_set)
        lane = Lane("second copy")
        self._lanes.append(lane)

        def look() -> bool:
            copy.catch_up()
            return True

        return Job(lane, look)

    def _pause(self) -> None:
        if self._stop.wait(BREATH_S):
            raise CopyStopped
