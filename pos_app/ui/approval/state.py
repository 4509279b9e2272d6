"""What the approval pane shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """`attempt` rises with every refusal, so that the PIN boxes are emptied each time."""

    open: bool = False
    what: str = ""
    rule: str = ""
    asked_by: str = ""
    number: str = ""
    problem: str = ""
    busy: bool = False
    attempt: int = 0
