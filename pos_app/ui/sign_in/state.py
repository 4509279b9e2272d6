"""What the sign-in and the lock screen show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInState:
    """`attempt` rises when the PIN boxes are to be emptied; `locked` is the lock screen."""

    store: str = ""
    terminal: str = ""
    heading: str = ""
    note: str = ""
    number: str = ""
    problem: str = ""
    shut: bool = False
    busy: bool = False
    locked: bool = False
    attempt: int = 0
    notices: tuple[str, ...] = ()
