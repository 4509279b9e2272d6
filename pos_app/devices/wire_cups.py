"""A print queue of CUPS, given raw bytes through the `lp` command."""

import shutil
import subprocess

from pos_app.devices.printer_facts import PrinterRefused, Refusal
from pos_app.devices.wire import PATIENCE_S


class CupsWire:
    """The queue answers for the printer: a job that it took is out of our hands."""

    def __init__(self, queue: str) -> None:
        command = shutil.which("lp")
        if command is None:
            raise PrinterRefused(Refusal.NO_PRINT_SYSTEM)
        self._command = (command, "-s", "-d", queue, "-o", "raw")
        self._job = bytearray()

    def send(self, data: bytes) -> None:
        self._job += data

    def ask(self, query: bytes) -> bytes:
        """Return nothing: a queue leads one way, and `query` stays here."""
        del query
        return b""

    def finish(self) -> None:
        try:
            done = subprocess.run(  # noqa: S603 -- no shell; the queue is an argument of its own
                self._command,
                input=bytes(self._job),
                capture_output=True,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise TimeoutError from late
        if done.returncode != 0:
            raise PrinterRefused(Refusal.QUEUE)

    def close(self) -> None:
        """Nothing is held open."""
