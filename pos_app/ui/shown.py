"""What a screen shows now, and the one place that repaints it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

S = TypeVar("S")


class Shown(Generic[S]):
    """Holds the state of a screen; the view attached to it sees every change at once."""

    def __init__(self, state: S) -> None:
        self.state = state
        self._painters: list[Callable[[S], None]] = []

    def attach(self, paint: Callable[[S], None]) -> None:
        """Let a view paint every state from now on, the present one first."""
        self._painters.append(paint)
        paint(self.state)

    def show(self, state: S) -> None:
        """Replace the state; painting an equal one again would only cost time."""
        if state == self.state:
            return
        self.state = state
        for paint in self._painters:
            paint(state)
