"""Files and names stay small, and what the house has given up stays out."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import pytest

from tests.tree import ROOT, files, python_files, source, tree

FILE_LINES = 300
FUNCTION_LINES = 40
VAGUE_MODULES = {
    "utils", "util", "core", "common", "base", "misc", "helpers", "helper",
    "manager", "service", "controller",
}  # fmt: skip
VAGUE_CLASSES = ("Controller", "Manager", "Service", "Helper")
# Only here may a bug be caught: to carry it to the GUI thread, and to tell the operator.
BUG_CATCHERS = {"pos_app/ui/kit/work.py", "pos_app/ui/crash.py"}
TOKENS = "pos_app/ui/kit/tokens.py"
DIALOGS = {"QDialog", "QMessageBox", "QInputDialog", "QErrorMessage"}
HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
BLANKET = re.compile(
    r"#\s*(?:noqa(?!:\s*[A-Z])|type:\s*ignore(?!\[)|mypy:\s*ignore-errors|ruff:\s*noqa\s*$)"
)
MACHINE = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|/(?:home|root)/\w|[A-Z]:\\\\?Users\\"
)

Found = Iterator[str]
Rule = Callable[[str], Found]


def long_file(name: str) -> Found:
    if (lines := len(source(name).splitlines())) > FILE_LINES:
        yield f"{name}: {lines} lines"


def long_function(name: str) -> Found:
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{name}:{node.lineno} {node.name}: {lines} lines"


def vague_name(name: str) -> Found:
    path = PurePosixPath(name)
    if VAGUE_MODULES & {part.removesuffix(".py") for part in path.parts}:
        yield name
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ClassDef) and node.name.endswith(VAGUE_CLASSES):
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            if "PosError" not in bases:  # a fact may be about a manager
                yield f"{name}:{node.lineno} {node.name}"


def no_opening_sentence(name: str) -> Found:
    if not ast.get_docstring(tree(name)):
        yield name


def caught_bug(name: str) -> Found:
    handlers = (node for node in ast.walk(tree(name)) if isinstance(node, ast.ExceptHandler))
    for handler in handlers:
        caught = ast.walk(handler.type) if handler.type else iter(())
        names = {each.id for each in caught if isinstance(each, ast.Name)}
        last = handler.body[-1]
        passed_on = isinstance(last, ast.Raise) and last.exc is None  # tidied up, and let go
        if (not names or names & {"Exception", "BaseException"}) and not passed_on:
            yield f"{name}:{handler.lineno}"


def blanket_silence(name: str) -> Found:
    for number, line in enumerate(source(name).splitlines(), start=1):
        if BLANKET.search(line):
            yield f"{name}:{number}"


def formatted_message(name: str) -> Found:
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = {"_": node.args[:1], "_n": node.args[:2]}.get(node.func.id, [])
            if not all(isinstance(text, ast.Constant) for text in texts):
                yield f"{name}:{node.lineno}"


def raw_colour(name: str) -> Found:
    constants = (node for node in ast.walk(tree(name)) if isinstance(node, ast.Constant))
    for node in constants:
        found = HEX_COLOUR.search(node.value) if isinstance(node.value, str) else None
        if found and name != TOKENS:
            yield f"{name}:{node.lineno} {found[0]}"


def modal_dialog(name: str) -> Found:
    for node in ast.walk(tree(name)):
        named = {getattr(node, part, "") for part in ("id", "attr", "name")}
        if isinstance(node, ast.Name | ast.Attribute | ast.alias) and DIALOGS & named:
            yield f"{name}:{node.lineno}"


def pumped_loop(name: str) -> Found:
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Attribute) and node.attr == "processEvents":
            yield f"{name}:{node.lineno} processEvents"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            delay = node.args[0] if node.args else None
            at_once = isinstance(delay, ast.Constant) and delay.value == 0
            if node.func.attr == "singleShot" and at_once:
                yield f"{name}:{node.lineno} singleShot(0, …)"


@pytest.mark.parametrize(
    ("rule", "folders", "cure"),
    [
        (long_file, (), "Split it by idea; the name of the new file says which."),
        (long_function, (), "Give a part of it a name."),
        (vague_name, (), "Name it for what it knows, with a word of the vocabulary."),
        (no_opening_sentence, (), "Open the file with a sentence that makes sense on a door."),
        (caught_bug, (), "Catch the failure you expect; a bug belongs to the crash handler."),
        (blanket_silence, (), "Name the one rule that is silenced, and say why."),
        (formatted_message, ("pos_app",), "Keep the message literal: _('… {x}').format(x=x)."),
        (raw_colour, ("pos_app/ui",), f"Give the colour a name in {TOKENS}."),
        (modal_dialog, ("pos_app/ui",), "Use a sheet or a line beside the field."),
        (pumped_loop, ("pos_app",), "Use Work.run; its answer comes back to the GUI thread."),
    ],
)
def test_the_house_is_tidy(rule: Rule, folders: tuple[str, ...], cure: str) -> None:
    allowed = BUG_CATCHERS if rule is caught_bug else set()

    names = (name for name in python_files(*folders) if name not in allowed)
    found = [each for name in names for each in rule(name)]

    assert not found, f"{cure}\n" + "\n".join(found)


def test_style_sheets_take_their_colours_from_the_tokens() -> None:
    sheets = [name for name in files() if ".qss" in PurePosixPath(name).name]

    found = [f"{name}: {colour}" for name in sheets for colour in HEX_COLOUR.findall(source(name))]

    assert not found, f"Give the colour a name in {TOKENS}."


def test_no_file_names_a_package_host_or_somebodys_folder() -> None:
    contents = ((name, (ROOT / name).read_bytes()) for name in files())
    texts = {name: data.decode("utf-8", "replace") for name, data in contents if b"\0" not in data}

    found = [f"{name}: {hit[0]}" for name, text in texts.items() for hit in MACHINE.finditer(text)]

    assert not found, "Write it so that it is true on every machine."
