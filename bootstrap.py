"""The front door: sets the program up from nothing but Python, then runs, tests or builds it."""

from __future__ import annotations  # an old Python must get far enough to be told that it is old

import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.txt"
_WORKERS = str(min(4, os.cpu_count() or 1))
GATE: dict[str, list[str | Path]] = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "imports": [BIN / "lint-imports", "--no-logo"],
    "types": [PYTHON, "-m", "mypy"],
    "tests": [PYTHON, "-m", "pytest", "-q", "-n", _WORKERS, "--cov", "--cov-report=term"],
}
ALWAYS_COVERED = "--include=pos_app/ledger/rules/*,pos_app/money.py,pos_app/ui/*/presenter.py"

USAGE = """\
python3 bootstrap.py COMMAND [options]

  run     open the terminal on a demo store with its own HQ (--terminals 2: two of them;
          without a display: perform the tour)
  test    the whole gate; with options: only pytest, with these options
  bench   the side-by-side measurements
  build   freeze the program into dist/ and perform the tour with it
  words   bring the translation catalogues up to date
"""

# Debian package = the shared library that it brings.
QT_LIBRARIES = """
libegl1=libEGL.so.1 libgl1=libGL.so.1 libxkbcommon0=libxkbcommon.so.0 libdbus-1-3=libdbus-1.so.3
libfontconfig1=libfontconfig.so.1 libglib2.0-0=libglib-2.0.so.0
"""
X11_LIBRARIES = """
libx11-xcb1=libX11-xcb.so.1 libxcb-cursor0=libxcb-cursor.so.0 libxcb-icccm4=libxcb-icccm.so.4
libxcb-image0=libxcb-image.so.0 libxcb-keysyms1=libxcb-keysyms.so.1 libxcb-shape0=libxcb-shape.so.0
libxcb-render-util0=libxcb-render-util.so.0 libxcb-xkb1=libxcb-xkb.so.1
libxkbcommon-x11-0=libxkbcommon-x11.so.0
"""
_NO_NETWORK = re.compile("ConnectionError|NameResolution|ConnectTimeout|ProxyError|getaddrinfo")


class Stop(Exception):
    """A reason to stop, as one sentence for the person who started this."""


def main(arguments: Sequence[str]) -> int:
    """Prepare what the command needs, then do it; return the exit code."""
    command, options = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in COMMANDS:
        say(USAGE)
        return 0 if command in {"-h", "--help"} else 2
    try:
        ensure_python(sys.version_info[:2])
        ensure_libraries(command)
        ensure_installed()
        ensure_postgres(command)
        return COMMANDS[command](options)
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130


def run(options: Sequence[str]) -> int:
    """Open the window on the demo store, or perform the tour where nothing can be shown."""
    if has_display(sys.platform, os.environ):
        return call(PYTHON, "-m", "pos_app", "run", "--demo", *options)
    say("There is no display here, so the tour is performed instead; its pictures go to tour/.")
    return call(PYTHON, "-m", "pos_app", "tour", "--out", "tour", QT_QPA_PLATFORM="offscreen")


def test(options: Sequence[str]) -> int:
    """Walk the gate in its one order up to the first failure; pytest speaks last."""
    if options:
        return call(PYTHON, "-m", "pytest", *options, QT_QPA_PLATFORM="offscreen")
    for heading, command in GATE.items():
        say(f"== {heading}")
        if code := call(*command, QT_QPA_PLATFORM="offscreen"):
            return code
    return covered()


def covered() -> int:
    """Hold the heart of the program at full coverage; say something only when it is not."""
    done = collect(PYTHON, "-m", "coverage", "report", "--fail-under=100", ALWAYS_COVERED)
    if done.returncode:
        say(f"== coverage: these files are held at 100 %\n{done.stdout}")
    return done.returncode


def module(name: str) -> Callable[[Sequence[str]], int]:
    """Return the command that hands its options to one of our modules."""
    return lambda options: call(PYTHON, "-m", name, *options, QT_QPA_PLATFORM="offscreen")


COMMANDS = {
    "run": run,
    "test": test,
    "bench": module("benchmarks"),
    "build": module("freeze"),
    "words": module("tests.words"),
}


def ensure_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that is too old to run the program."""
    if version < OLDEST:
        here, needed = (".".join(map(str, each)) for each in (version, OLDEST))
        raise Stop(f"This is Python {here}; the terminal needs Python {needed} or newer.")


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown here."""
    shown = variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY")
    return bool(shown) or not platform.startswith("linux")


def ensure_libraries(command: str) -> None:
    """Install what Qt, or the build, needs of the system; only Linux leaves that to us."""
    if not sys.platform.startswith("linux") or command == "words":
        return
    wanted = QT_LIBRARIES
    if command == "build" or (command == "run" and os.environ.get("DISPLAY")):
        wanted += X11_LIBRARIES
    missing = absent(wanted, loads)
    if command == "build" and not shutil.which("objdump"):
        missing["binutils"] = "objdump"
    if missing:
        apt_install(list(missing), f"this machine lacks {', '.join(missing.values())}")
    if still := absent(wanted, loads):
        raise Stop(f"Qt cannot start without {', '.join(still.values())}: please install them.")


def absent(wanted: str, found: Callable[[str], bool]) -> dict[str, str]:
    """Return the packages, each with its library, whose library cannot be found."""
    pairs = (pair.split("=") for pair in wanted.split())
    return {package: library for package, library in pairs if not found(library)}


def loads(library: str) -> bool:
    """Tell whether the system's loader finds a library, wherever it looks."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def apt_install(packages: Sequence[str], reason: str) -> None:
    """Install Debian packages, saying so. Raises Stop with what to do where that is impossible."""
    by_hand = f"Please install {' '.join(packages)} (or what your system calls them): {reason}."
    if not sys.platform.startswith("linux"):
        raise Stop(by_hand)
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    tools = all(shutil.which(tool) for tool in ["apt-get", *root[:1]])
    if not tools or collect(*root, "true").returncode:
        raise Stop(by_hand)
    say(f"Installing {' '.join(packages)} with apt-get: {reason}.")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if collect(*install).returncode == 0:
        return
    collect(*apt, "update")  # a fresh machine knows no packages yet
    done = collect(*install)
    if done.returncode:
        raise Stop(f"{tail(done.stdout)}\napt-get could not do it. {by_hand}")


def ensure_installed() -> None:
    """Bring .venv to exactly what the lock says; a stamp makes every later start immediate."""
    stamp = fingerprint(LOCK.read_bytes(), sys.version_info[:2])
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text("ascii") == stamp:
        return
    try:
        VENV.mkdir(exist_ok=True)
        STAMP.write_text("unfinished", "ascii")
    except OSError as error:
        raise Stop("This folder cannot be written to: copy it to one of your own.") from error
    say("Setting up .venv with the locked dependencies; the first time takes a minute or two.")
    make_venv()
    install_lock()
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))
    (site / "member_terminal.pth").write_text(os.path.relpath(ROOT, site), "ascii")
    STAMP.write_text(stamp, "ascii")


def ensure_postgres(command: str) -> None:
    """Have a real PostgreSQL for the tests; where there can be none, say what is skipped."""
    if command != "test" or collect(PYTHON, "-m", "tests.postgres").returncode == 0:
        return
    reason = "HQ is tested on a real PostgreSQL, and there is none here"
    try:
        apt_install(["postgresql"], reason)
    except Stop as stop:
        say(f"{stop} The tests that need it are skipped.")


def fingerprint(lock: bytes, version: tuple[int, ...]) -> str:
    """Return what makes an installation the right one: the lock and the Python it is for."""
    digest = hashlib.sha256(lock.replace(b"\r\n", b"\n")).hexdigest()
    return f"{'.'.join(map(str, version))} {digest}"


def make_venv() -> None:
    """Make .venv, or mend the one that is there; one of another Python is made anew."""
    if Path(sys.prefix).resolve() == VENV:
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        if not sys.platform.startswith("linux"):
            raise Stop("This Python came without venv and pip: install Python from python.org.")
        apt_install(["python3-venv"], "this Python came without the venv module")
    config = VENV / "pyvenv.cfg"
    ours = config.exists() and made_for(config.read_text("utf-8"), sys.version_info[:2])
    done = collect(sys.executable, "-m", "venv", *([] if ours else ["--clear"]), VENV)
    if done.returncode:
        raise Stop(f"{tail(done.stdout)}\nPython could not make .venv.")


def made_for(config: str, version: tuple[int, ...]) -> bool:
    """Tell from pyvenv.cfg whether an environment was made for this Python."""
    found = re.search(r"^version(?:_info)? *= *(\d+)\.(\d+)", config, re.MULTILINE)
    return found is not None and (int(found[1]), int(found[2])) == version


def install_lock() -> None:
    """Install the lock, every file checked against its hash."""
    quiet = ["--quiet", "--no-input", "--no-compile", "--disable-pip-version-check"]
    done = collect(PYTHON, "-m", "pip", "install", *quiet, "--require-hashes", "-r", LOCK)
    if done.returncode:
        raise Stop(pip_failure(done.stdout))


def pip_failure(output: str) -> str:
    """Say in one sentence why the dependencies could not be installed, below pip's own words."""
    if _NO_NETWORK.search(output):
        return "The package index cannot be reached: connect to the network, then start again."
    return f"{tail(output)}\nThe locked dependencies could not be installed."


def tail(output: str) -> str:
    """Return the last lines of a program's output, without addresses."""
    return re.sub(r"\w+://\S+", "(address)", "\n".join(output.strip().splitlines()[-8:]))


def say(text: str) -> None:
    """Print at once, so that the lines of our children follow in order."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def call(*command: str | Path, **variables: str) -> int:
    """Run a program in the project's folder and return its exit code."""
    stdin = None if sys.stdin and sys.stdin.isatty() else subprocess.DEVNULL
    child = environment(**variables)
    return subprocess.call(command, cwd=ROOT, env=child, stdin=stdin)  # noqa: S603 -- a list, and ours


def collect(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program silently and return its exit code and all that it said."""
    return subprocess.run(  # noqa: S603 -- a list, and ours
        command,
        check=False,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def environment(**more: str) -> dict[str, str]:
    """Return the variables of a child: those of this machine, but only our own modules."""
    foreign = {"PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "PYTHONUTF8": "1", **more}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
