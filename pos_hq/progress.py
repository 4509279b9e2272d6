"""How far long work has come, for whoever waits for it at a screen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import typer

# What is done, how much of it, and of how much.
Watch = Callable[[str, int, int], None]


def unwatched(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


@contextmanager
def bars() -> Iterator[Watch]:
    """Draw a bar for each piece of work, one below the other, where there is a screen."""
    if not sys.stderr.isatty():
        yield unwatched
        return
    with ExitStack() as drawn:
        begun: dict[str, Callable[[int], None]] = {}

        def watch(what: str, done: int, of: int) -> None:
            if what not in begun:
                drawn.close()
                bar = drawn.enter_context(
                    typer.progressbar(length=of, label=f"{what:<16}", file=sys.stderr)
                )
                begun[what] = lambda to: bar.update(to - bar.pos)
            begun[what](done)

        yield watch
