"""Playing seeds: each in its own copy of the chain; a broken promise names its seed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from pos_app.errors import PosError
from simulation.oracle import Broken
from simulation.schedule import STEPS, Schedule, Trouble
from simulation.world import copy_of, make_template

MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder in memory, where there is one


@dataclass(frozen=True, slots=True)
class Game:
    """A folder with the template that every seed begins with."""

    folder: Path

    def play(self, seed: int, *, steps: int = STEPS, trouble: Trouble | None = None) -> None:
        """Play one seed to its end. Raises Broken, with the seed."""
        place = copy_of(self.folder / "template", self.folder / f"seed{seed}")
        schedule = Schedule(place, seed, trouble)
        try:
            schedule.run(steps)
        except (Broken, PosError, SQLAlchemyError) as broken:
            raise Broken(f"seed {seed} ({schedule.trouble.value}): {broken!r}") from broken
        finally:
            schedule.world.close()
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def game(*, lends: bool = False) -> Iterator[Game]:
    """Make the template in a folder that is gone afterwards, in memory where there is such."""
    beneath = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="simulation-", dir=beneath) as folder:
        make_template(Path(folder) / "template", lends=lends)
        yield Game(Path(folder))
