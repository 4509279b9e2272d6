"""What the sheet shows in which a member's account is closed, already text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.ui.parts.state import Choice, Fact, TableRow


class ClosingStep(StrEnum):
    """What the sheet waits for."""

    TERMS = "terms"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class ClosingTerms:
    """Whose cause, since when, at which rate, as typed."""

    cause: str = "consumer"
    ended_on: str = ""
    rate: str = ""
    goods_known_before: bool = False


@dataclass(frozen=True, slots=True)
class ClosingAnswers:
    """By which way, to whose account, and the member's PIN."""

    way: str = ""
    holder: str = field(default="", repr=False)
    tail: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)


NO_ANSWERS = ClosingAnswers()


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The derivation: top-up by top-up, then the sums, then the ways that the law leaves."""

    lots: tuple[TableRow, ...]
    sums: tuple[Fact, ...]
    law: tuple[str, ...]
    ways: tuple[Choice, ...]
    verb: str
    pays: bool


@dataclass(frozen=True, slots=True)
class ClosingState:
    """The open sheet; `round` rises when its fields are to be emptied, `turn` when the PIN is."""

    step: ClosingStep
    who: str
    today: str
    plan: PlanShown | None = None
    busy: str = ""
    problem: str = ""
    round: int = 0
    turn: int = 0
