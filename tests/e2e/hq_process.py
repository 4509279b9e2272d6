"""`pos-hq` as real processes: one that serves until it is killed, and one that verifies."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pos_app.joining import join_chain
from pos_app.sync.transport import HttpTransport
from pos_hq import enrolment, founding, opening
from pos_hq.settings import Settings
from tests.e2e.till_home import Home, programme
from tests.tree import ROOT

READY_S = 60
_PLENTY = "1000000"


class NotReady(Exception):
    """A process ended, or said nothing, before it was ready."""


@dataclass
class Running:
    """A process that says one line when it is ready."""

    process: subprocess.Popen[bytes]
    log: Path
    _line: str = ""

    @classmethod
    def start(cls, module: str, *words: str, log: Path, env: dict[str, str]) -> Running:
        """Start a module of ours; what it says that is wrong goes into the log."""
        with log.open("ab") as errors:
            process = subprocess.Popen(  # noqa: S603 -- a list, and ours
                [sys.executable, "-m", module, *words],
                cwd=ROOT,
                env=env,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        return cls(process, log)

    def ready(self) -> str:
        """Wait for the line. Raises NotReady."""
        if not self._line:
            self._line = self._first_line().strip()
        return self._line

    def kill(self) -> str:
        """Kill it without warning; return what it had died of by itself, or nothing."""
        died = self.process.poll()
        self.process.kill()
        self.close()
        return "" if died is None else f"ended by itself with {died}: {self.words()}"

    def end(self) -> int:
        """Ask it to end, and return how it did."""
        self.process.terminate()
        code = self.process.wait(READY_S)
        self.close()
        return code

    def close(self) -> None:
        """Wait for its end and let go of its pipe."""
        self.process.wait(READY_S)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _first_line(self) -> str:
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            heard = selector.select(timeout=READY_S)
        line = self.process.stdout.readline().decode() if heard else ""
        if not line:
            raise NotReady(self.words())
        return line

    def words(self) -> str:
        """Return the end of its log."""
        return self.log.read_text("utf-8", "replace").strip()[-2_000:]


@dataclass(frozen=True, slots=True)
class HqHome:
    """Where HQ lives."""

    settings: Settings

    @classmethod
    def founded(cls, folder: Path, database: str) -> HqHome:
        """Found an HQ; where no database is named it has an encrypted file of its own."""
        settings = Settings(data_dir=folder, database=database)
        opening.found(settings, programme())
        return cls(settings)

    def serve(self, port: int = 0) -> Running:
        """Start `pos-hq serve` on a port, or on a free one."""
        words = ("serve", "--data", str(self.settings.data_dir))
        log = self.settings.data_dir / "stderr"
        return Running.start("pos_hq", *words, log=log, env=self._environment(port))

    def verify(self) -> tuple[int, str]:
        """Run `pos-hq verify`; return its exit code and what it said."""
        done = subprocess.run(  # noqa: S603 -- a list, and ours
            [sys.executable, "-m", "pos_hq", "verify", "--data", str(self.settings.data_dir)],
            cwd=ROOT,
            env=self._environment(0),
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def enrol(self, home: Home, address: tuple[str, int]) -> None:
        """Open a store, make its till, and let it join over HTTP."""
        with opening.opened(self.settings) as hq:
            founding.create_store(hq, home.name, "徐家汇店")
            code = enrolment.make_code(hq, home.name, "3 号机")
        host, port = address
        way = HttpTransport(f"http://{host}:{port}")
        with home.founded() as ledger:
            join_chain(ledger, home.keys, way, lambda: code)
        way.close()

    def _environment(self, port: int) -> dict[str, str]:
        given = {name: text for name, text in os.environ.items() if not name.startswith("HQ_")}
        limits = ("HQ_ADDRESS_PER_SECOND", "HQ_STRANGER_PER_SECOND", "HQ_NODE_PER_SECOND")
        named = {"HQ_DATABASE": self.settings.database} if self.settings.database else {}
        return {**given, **dict.fromkeys(limits, _PLENTY), **named, "HQ_PORT": str(port)}


def address_of(hq: Running) -> tuple[str, int]:
    """Wait until HQ takes connections and return where. Raises NotReady."""
    host, _, port = hq.ready().rpartition("//")[2].rpartition(":")
    return host, int(port)
