"""Runs the simulation of stores, tills and HQ, which lies beside the program's sources."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pos_app.errors import PosError

SOURCES = Path(__file__).parents[1]


@dataclass(eq=False)
class NoSimulation(PosError):
    """The simulation is not here: this is a built program, or an installation without it."""


def simulate(seeds: int, first: int, *, sources: Path = SOURCES) -> int:
    """Play seeds in a process of its own; return 0 where no promise was broken.

    Raises NoSimulation.
    """
    if getattr(sys, "frozen", False) or not (sources / "simulation" / "__main__.py").exists():
        raise NoSimulation
    words = [sys.executable, "-m", "simulation", "--seeds", str(seeds), "--first", str(first)]
    env = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(words, check=False, cwd=sources, env=env).returncode  # noqa: S603 -- a list, and ours
