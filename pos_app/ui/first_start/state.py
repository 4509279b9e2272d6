"""What the first-start wizard shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """Where in the wizard."""

    TERMINAL = "terminal"
    CONFIRM = "confirm"
    MANAGER = "manager"
    READY = "ready"


class Way(StrEnum):
    """Whether the till stands alone or belongs to a chain, whose HQ says what it is."""

    ALONE = "alone"
    CHAIN = "chain"


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in the fields."""

    store_name: str = ""
    terminal_name: str = ""
    number: str = ""
    name: str = ""
    pin: str = field(default="", repr=False)
    pin_again: str = field(default="", repr=False)
    address: str = ""
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Problems:
    """What is wrong with each field; empty where nothing is."""

    store_name: str = ""
    terminal_name: str = ""
    number: str = ""
    name: str = ""
    pin: str = ""
    pin_again: str = ""
    address: str = ""
    code: str = ""

    @property
    def any(self) -> bool:
        """Say whether something is wrong."""
        texts = (self.store_name, self.terminal_name, self.number, self.name)
        return any((*texts, self.pin, self.pin_again, self.address, self.code))


NO_PROBLEMS = Problems()


@dataclass(frozen=True, slots=True)
class FirstStartState:
    """`attempt` rises when the PIN fields are to be emptied; `store` is the code that HQ told."""

    step: Step = Step.TERMINAL
    store_name: str = ""
    terminal_name: str = ""
    problems: Problems = NO_PROBLEMS
    problem: str = ""
    busy: bool = False
    attempt: int = 0
    manager: str = ""
    way: Way = Way.ALONE
    address: str = ""
    store: str = ""
    can_go_back: bool = False
