"""The second terminal of a demo store: a program of its own, which the first one starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

from pos_app.embedded import SOURCES, EmbeddedHq
from pos_app.opening import OneTerminalOnly
from pos_app.sync.facts import HqUnreachable


class SecondTerminal:
    """Opens a window beside the first one once HQ answers, and is waited for at the end."""

    def __init__(self, demo: Path, hq: EmbeddedHq | None) -> None:
        """`demo` is the folder of the first terminal. Raises OneTerminalOnly."""
        if hq is None:
            raise OneTerminalOnly
        self._demo = demo
        self._hq = hq
        self._starter = Thread(target=self._start, name="second terminal", daemon=True)
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Open it; nobody waits for it."""
        self._starter.start()

    def wait(self) -> None:
        """Return when its window is closed."""
        if self._starter.ident is not None:
            self._starter.join()
        if self._process is not None:
            self._process.wait()

    def _start(self) -> None:
        try:
            address = self._hq.address()
        except HqUnreachable:
            return  # the badge of the first one says why
        self._process = subprocess.Popen(  # noqa: S603 -- a list, and ours
            [sys.executable, "-m", "pos_app", "run", "--beside", str(self._demo.absolute())],
            cwd=SOURCES,
            env={**os.environ, "POS_HQ_URL": address},
            stdin=subprocess.DEVNULL,
        )
