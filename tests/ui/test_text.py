"""Every expected failure has its own sentence."""

import importlib
import pkgutil
from collections.abc import Iterator

import pos_app
from pos_app.errors import PosError
from pos_app.ui import text
from pos_app.ui.sentences.said import said


def every_fact() -> Iterator[type[PosError]]:
    """Import the whole program and yield every fact in it."""
    for module in pkgutil.walk_packages(pos_app.__path__, "pos_app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = list(PosError.__subclasses__())
    while waiting:
        fact = waiting.pop()
        waiting += fact.__subclasses__()
        if fact.__module__.startswith("pos_app."):
            yield fact


def test_no_fact_is_left_without_a_sentence() -> None:
    general = said.dispatch(PosError)

    speechless = {fact.__qualname__ for fact in every_fact() if said.dispatch(fact) is general}

    assert speechless == set()


def test_a_fact_that_nobody_knows_is_still_said_plainly() -> None:
    assert text.sentence(PosError()) == "This did not work. Nothing was changed."
