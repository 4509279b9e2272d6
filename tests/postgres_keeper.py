"""Waits for the end of a test run, however it ends, then stops its server and clears it away."""

import shutil
import sys
from pathlib import Path

from tests.postgres import Server

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    sys.stdin.read()  # ends with the run, even with one that was killed
    try:
        Server(folder).stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
