"""What the first-start wizard shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """Where in the wizard."""

    TERMINAL = "terminal"
    MANAGER = "manager"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in the fields."""

    store_name: str = ""
    terminal_name: str = ""
    number: str = ""
    name: str = ""
    pin: str = field(default="", repr=False)
    pin_again: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Problems:
    """What is wrong with each field; empty where nothing is."""

    store_name: str = ""
    terminal_name: str = ""
    number: str = ""
    name: str = ""
    pin: str = ""
    pin_again: str = ""

    @property
    def any(self) -> bool:
        """Say whether something is wrong."""
        texts = (self.store_name, self.terminal_name, self.number, self.name)
        return any((*texts, self.pin, self.pin_again))


NO_PROBLEMS = Problems()


@dataclass(frozen=True, slots=True)
class FirstStartState:
    """`attempt` rises when the PIN fields are to be emptied."""

    step: Step = Step.TERMINAL
    store_name: str = ""
    terminal_name: str = ""
    problems: Problems = NO_PROBLEMS
    problem: str = ""
    busy: bool = False
    attempt: int = 0
    manager: str = ""
