"""Exactly what the sheet of the second factor shows, already text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What the sheet waits for."""

    CLOSED = "closed"
    PIN = "pin"
    APPROVAL = "approval"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class SecondFactorState:
    """`turn` changes when the boxes are to be emptied; `wrong` says whether in red."""

    step: Step = Step.CLOSED
    title: str = ""
    who: str = ""
    amount: str = ""
    balance_after: str = ""
    hint: str = ""
    problem: str = ""
    reason: str = ""
    number: str = ""
    busy: bool = False
    wrong: bool = False
    turn: int = 0
