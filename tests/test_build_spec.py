"""The frozen program lacks nothing that it needs, and weighs no more than it may."""

import ast
import subprocess
import sys

import pytest

from tests.tree import ROOT, python_files, tree

# Imports the whole program while what the build leaves out cannot be found.
IMPORT_ALL = """\
import importlib, sys

class Left:
    def find_spec(self, name, path=None, target=None):
        parts = name.split(".")
        if any(".".join(parts[:length]) in absent for length in range(1, len(parts) + 1)):
            raise ImportError(f"the build leaves out {name}", name=name)

absent = set(sys.argv[1].split())
sys.meta_path.insert(0, Left())
for name in sys.argv[2].split():
    importlib.import_module(name)
"""
# Libraries that wait until they are asked.
LATE = ("pypinyin", "typer.rich_utils", "PIL.PngImagePlugin", "keyring.backends.chainer")


def spec(name: str) -> object:
    """Return a constant of build.spec."""
    for node in ast.parse((ROOT / "build.spec").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    raise LookupError(name)


def texts(name: str) -> tuple[str, ...]:
    found = spec(name)
    assert isinstance(found, tuple), name
    return found


def test_the_program_imports_nothing_that_the_build_leaves_out() -> None:
    modules = [name.removesuffix(".py").replace("/", ".") for name in python_files("pos_app")]
    wanted = [name.removesuffix(".__init__") for name in modules]

    done = subprocess.run(  # noqa: S603 -- a list, and ours
        [
            sys.executable,
            "-c",
            IMPORT_ALL,
            " ".join(texts("EXCLUDED_MODULES")),
            " ".join([*wanted, *LATE]),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("folder", texts("FOLDERS"))
def test_a_folder_that_the_build_takes_along_is_there(folder: str) -> None:
    taken = ROOT / folder

    assert any(taken.iterdir())


def test_the_frozen_program_has_the_qt_that_its_tour_drives() -> None:
    imported = {
        node.module
        for name in python_files("pos_app")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("PySide6.")
    }

    assert "PySide6.QtTest" in imported
    assert not imported & set(texts("EXCLUDED_MODULES"))


def test_every_platform_of_the_till_has_its_plugin() -> None:
    plugins = spec("QT_PLUGINS")

    assert isinstance(plugins, dict)
    assert set(plugins["platforms"].split("|")) >= {"xcb", "wayland", "windows", "offscreen"}


def test_texts_that_licences_ask_for_lie_in_the_folders_of_the_build() -> None:
    texts_asked_for = (
        "licences/LGPL-3.txt",
        "licences/QT.txt",
        "fonts/LICENSE-NotoSansSC.txt",
        "fonts/LICENSE-Inter.txt",
        "icons/LICENSE-Lucide.txt",
    )

    missing = [name for name in texts_asked_for if not (ROOT / "resources" / name).is_file()]

    assert not missing
