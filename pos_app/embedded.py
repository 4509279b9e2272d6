"""HQ on this machine, for a demo: a process of its own on loopback, which ends with its owner."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

from filelock import FileLock, Timeout

from pos_app.errors import PosError
from pos_app.joining import join_chain
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import link_state
from pos_app.security.keystore import CHAIN_PEPPER, KeyStore
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.sync.transport import ANSWER_S, COUNTER_S, HttpTransport, Reply, Request

START_S = 60
GRACE_S = 8
_LIMITS = ("HQ_ADDRESS_PER_SECOND", "HQ_STRANGER_PER_SECOND", "HQ_NODE_PER_SECOND")
_PLENTY = "1000"  # a demo tells a year in a minute
SOURCES = Path(__file__).parents[1]
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would open a black one
_log = logging.getLogger(__name__)


def embedded_hq(folder: Path) -> EmbeddedHq | None:
    """Return the HQ of a folder; None in a frozen program, which has no Python to run it."""
    return None if getattr(sys, "frozen", False) else EmbeddedHq(folder)


class EmbeddedHq:
    """Starts `pos-hq`, knows its address, and stops it. It ends by itself when its owner dies."""

    def __init__(self, folder: Path, address: str = "") -> None:
        """With an `address` it is one that another terminal has started."""
        self._folder = folder
        self._address = address
        self._settled = Event()
        self._lock = FileLock(folder.with_name(f"{folder.name}.lock"), thread_local=False)
        self._starter: Thread | None = None
        self._child: subprocess.Popen[str] | None = None
        self._stopping = False
        if address:
            self._settled.set()

    @property
    def pid(self) -> int | None:
        """Return the number of the process that serves; None while there is none."""
        return self._child.pid if self._address and self._child is not None else None

    def begin(self, store: str, name: str) -> None:
        """Serve from now on, founded first with this store; nobody waits for it. Repeatable."""
        if self._starter is None and not self._address:
            self._stopping = False
            self._settled.clear()
            self._starter = Thread(target=self._start, args=(store, name), name="hq", daemon=True)
            self._starter.start()

    def address(self) -> str:
        """Return where it answers, once it does. Raises HqUnreachable."""
        self._settled.wait(START_S)
        if not self._address:
            raise HqUnreachable(Outage.REFUSED)
        return self._address

    def enrol_code(self, store: str, terminal: str) -> str:
        """Let HQ make the one-time code of a terminal. Raises HqUnreachable."""
        self.address()
        said = self._said("enrol-code", store, terminal)
        if said is None:
            raise HqUnreachable(Outage.REFUSED)
        return said.strip()

    def stop(self) -> None:
        """Let it answer what it is answering and end; kill it if it does not."""
        self._stopping = True
        self._address = ""
        self._settled.set()
        if self._starter is not None:
            self._starter.join()
        if self._child is not None:
            _end(self._child)
        self._starter = self._child = None
        self._lock.release()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another command of this HQ to its end."""
        return subprocess.run(  # noqa: S603 -- a list, and ours
            self._command(words),
            check=False,
            cwd=SOURCES,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            creationflags=_NO_WINDOW,
        )

    def _start(self, store: str, name: str) -> None:
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
            if self._founded(store, name) and not self._stopping:
                self._serve()
        except (OSError, Timeout) as refused:
            _log.info("no HQ here: %s", type(refused).__name__)
        finally:
            self._settled.set()

    def _founded(self, store: str, name: str) -> bool:
        """Found HQ and its store, unless that was done: the mark is left last."""
        mark = self._folder / "founded"
        if mark.exists():
            return True
        self._said("init")  # it may be founded, and cut off before it had its store
        if self._said("create-store", store, name) is None and self._said("stores") is None:
            return False
        mark.touch()
        return True

    def _serve(self) -> None:
        words = self._command(("serve", "--until-eof", "--nightly"))
        self._child = subprocess.Popen(  # noqa: S603 -- a list, and ours
            words,
            cwd=SOURCES,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            creationflags=_NO_WINDOW,
        )
        assert self._child.stdout is not None, "it was asked for"
        told = self._child.stdout.readline().split()
        if told and not self._stopping:
            self._address = told[-1]

    def _said(self, *words: str) -> str | None:
        """Return what a command said; None where it did not do it, for a reason in the log."""
        if self._stopping:
            return None
        done = self.run(*words)
        if done.returncode:
            _log.info("pos-hq %s: %s", words[0], done.stderr.strip()[-500:])
        return None if done.returncode else done.stdout

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "pos_hq", *words, "--data", str(self._folder.absolute())]

    def _environment(self) -> dict[str, str]:
        """Return the variables of HQ: those of this machine, but no setting of another HQ.

        Where the terminal made its year with a chain's pepper, HQ goes on with that.
        """
        kept = {name: text for name, text in os.environ.items() if not name.startswith("HQ_")}
        ours = {**dict.fromkeys(_LIMITS, _PLENTY), "HQ_PORT": "0", "PYTHONUTF8": "1"}
        pepper = self._folder.parent / "keys" / f"{CHAIN_PEPPER}.key"
        if pepper.exists():
            ours["HQ_PEPPER_FILE"] = str(pepper.absolute())
        return {**kept, **ours}


class HomeLine:
    """A way to an embedded HQ, whose address is known once it runs and differs every time."""

    def __init__(self, hq: EmbeddedHq, answer_s: float = ANSWER_S) -> None:
        """`answer_s` is how long HQ may be silent."""
        self._hq = hq
        self._answer_s = answer_s
        self._address = ""
        self._line: HttpTransport | None = None

    def send(self, request: Request) -> Reply:
        """Return the answer. Raises HqUnreachable, HqMisbehaved."""
        return self._current().send(request)

    def for_counter(self) -> HomeLine:
        """Return a way to the same HQ with a connection of its own, and less patience."""
        return HomeLine(self._hq, COUNTER_S)

    def awaited(self) -> int:
        """Wait until HQ runs; nothing is told it thereby. Raises HqUnreachable."""
        self._hq.address()
        return 0

    def renew(self) -> None:
        """Drop the kept connection."""
        if self._line is not None:
            self._line.renew()

    def close(self) -> None:
        """Close the kept connection."""
        if self._line is not None:
            self._line.close()

    def _current(self) -> HttpTransport:
        address = self._hq.address()
        if self._line is None or address != self._address:
            self.close()
            self._line = HttpTransport(address, answer_s=self._answer_s)
            self._address = address
        return self._line


def line_home(ledger: Ledger, keys: KeyStore, hq: EmbeddedHq) -> HomeLine | None:
    """Return the way to the embedded HQ, which the ledger joins if it belongs to none.

    None where it could not be joined: the terminal then stands alone, and the next start tries.
    """
    line = HomeLine(hq)
    node = ledger.node
    try:
        if link_state(ledger).key is None:
            join_chain(ledger, keys, line, lambda: hq.enrol_code(node.store, node.terminal_name))
    except PosError as fact:
        _log.info("no HQ was joined: %s", type(fact).__name__)
        line.close()
        return None
    return line


def _end(child: subprocess.Popen[str]) -> None:
    """Close its standard input, which ends it; then less and less politely."""
    assert child.stdin is not None, "it was asked for"
    child.stdin.close()
    for urge in (_wait, child.terminate, child.kill):
        urge()
        try:
            child.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            continue
        break
    if child.stdout is not None:
        child.stdout.close()


def _wait() -> None:
    """Leave it the time to end by itself."""
