"""The project's own files, as Git sees them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


@cache
def files() -> tuple[str, ...]:
    """Return the paths of all files that are, or are about to be, part of the project."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 -- Git is where the machine has it
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(sorted(name for name in listing.stdout.split("\0") if (ROOT / name).is_file()))


def python_files(*folders: str) -> tuple[str, ...]:
    """Return the Python files, of the whole project or of some folders."""
    wanted = tuple(f"{folder}/" for folder in folders)
    return tuple(
        name for name in files() if name.endswith(".py") and (not wanted or name.startswith(wanted))
    )


@cache
def source(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(source(name))
