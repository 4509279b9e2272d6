"""The import rules that grow by themselves; the arrows are contracts in pyproject.toml."""

import ast
import sys
from pathlib import PurePosixPath

from tests.tree import python_files, tree

# The rules and the vocabulary stand on the standard library; these stand on one thing more.
THIRD_PARTIES = {
    "pos_app/ids.py": {"uuid6"},
    "pos_app/ledger/rules/programme*.py": {"pydantic"},
}
VOCABULARY = {"money", "ids", "clock", "errors", "language", "raster"}
SHELL = "shell"  # the screen that holds the others
SHEETS = {"approval", "second_factor"}  # shown by whoever needs them; they know no screen


def imported(name: str) -> set[str]:
    """Return the modules that a file imports, with every name it takes from them."""
    found: set[str] = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def allowed(name: str) -> set[str]:
    return {
        package
        for pattern, packages in THIRD_PARTIES.items()
        if PurePosixPath(name).match(pattern)
        for package in packages
    }


def screens() -> set[str]:
    """Return the folders of `ui` that hold a presenter or a view."""
    paths = (PurePosixPath(name).parts[2:] for name in python_files("pos_app/ui"))
    return {path[0] for path in paths if path[1:] in {("presenter.py",), ("view.py",)}}


def test_rules_and_vocabulary_stand_on_the_standard_library() -> None:
    words = tuple(f"pos_app/{word}.py" for word in VOCABULARY)
    pure = [name for name in python_files("pos_app") if name in words]
    pure += python_files("pos_app/ledger/rules")

    foreign = [
        f"{name}: {module}"
        for name in pure
        for module in imported(name)
        if (top := module.split(".", maxsplit=1)[0]) not in sys.stdlib_module_names
        and top not in {"pos_app", *allowed(name)}
    ]

    assert not foreign, "Take what you need as an argument; the caller may know the library."


def test_screens_do_not_know_each_other() -> None:
    known = screens() - {SHELL}

    gossip = [
        f"{name}: {module}"
        for screen in known
        for name in python_files(f"pos_app/ui/{screen}")
        for module in imported(name)
        for other in known - {screen, *SHEETS}
        if f"{module}.".startswith(f"pos_app.ui.{other}.")
    ]

    assert not gossip, "Let the shell open the other screen; say what you want by a callback."
