"""Freezes the program into one folder, weighs it, and has the frozen program prove itself."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FROZEN = ROOT / "dist" / "member-terminal"
PROGRAM = FROZEN / ("member-terminal.exe" if os.name == "nt" else "member-terminal")
PROOF = ROOT / "build" / "proof"
LIMIT_MB = 200
_BLOCK = 4096


def main(options: Sequence[str]) -> int:
    """Build, weigh and try the program; return the exit code."""
    say("Freezing the program; this takes a minute or two.")
    if refused := freeze(options):
        say(f"{refused}\nPyInstaller could not freeze the program.")
        return 1
    weight = megabytes(FROZEN)
    say(f"dist/member-terminal: {weight} MB. Performing the tour with it.")
    if weight > LIMIT_MB:
        say(f"That is more than {LIMIT_MB} MB: exclude in build.spec what a till does not need.")
        return 1
    if fault := perform(PROGRAM, PROOF):
        say(f"The frozen program is not fit for use: {fault}.")
        return 1
    say("The frozen program works; what it showed is in build/proof/tour.")
    return 0


def freeze(options: Sequence[str]) -> str:
    """Let PyInstaller build the folder; return what it said if it failed."""
    quiet = ["--noconfirm", "--clean", "--log-level=WARN"]
    folders = ["--distpath=dist", "--workpath=build"]
    done = subprocess.run(  # noqa: S603 -- a list, and ours
        [sys.executable, "-m", "PyInstaller", *quiet, *folders, *options, "build.spec"],
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return (done.stdout or "It said nothing.") if done.returncode else ""


def megabytes(folder: Path) -> int:
    """Return what a folder takes of a disk: files in whole blocks, a megabyte begun counts."""
    blocks = sum(-(-path.lstat().st_size // _BLOCK) for path in folder.rglob("*"))
    return -(-blocks * _BLOCK // 2**20)


def perform(program: Path, proof: Path) -> str:
    """Perform the tour on a small new demo store; return what is wrong, or nothing."""
    shutil.rmtree(proof, ignore_errors=True)
    told = proof / "tour" / "tour.json"
    done = subprocess.run(  # noqa: S603 -- a list, and ours
        [program, "tour", "--members", "200", "--out", told.parent, "--data", proof / "store"],
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        return f"its tour failed with exit code {done.returncode}"
    return "" if told.exists() else "its tour left no figures"


def say(text: str) -> None:
    """Print at once, so that the lines of the program follow in order."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
