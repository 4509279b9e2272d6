"""What is wrong with the copies, already text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CopiesState:
    """A word for the status bar and the whole sentence behind it; empty where all is well."""

    short: str = ""
    sentence: str = ""
