"""HQ's log: who asked for what and how it ended; never a name, a number, a code or a body."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
from pathlib import Path

_FILE_BYTES = 16 << 20
_FILES = 40


def start_log(path: Path) -> None:
    """Log to a file that only this account reads, and what is wrong to the screen as well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    file = logging.handlers.RotatingFileHandler(
        path, maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8"
    )
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    screen = logging.StreamHandler(sys.stderr)
    screen.setLevel(logging.WARNING)
    logging.basicConfig(level=logging.INFO, handlers=[file, screen], force=True)
