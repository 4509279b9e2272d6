"""Exactly what the window shows around its screens, already text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One item of the status bar."""

    name: str
    icon: str
    text: str
    tone: str = "mute"


@dataclass(frozen=True, slots=True)
class BannerText:
    tone: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A toast: it is told once and is no part of any state."""

    text: str
    tone: str = "info"
    action: str = ""
    acted: Callable[[], None] | None = None
    shown_ms: int = 4000


@dataclass(frozen=True, slots=True)
class ShellState:
    page: str = "counter"
    who: str = ""
    where: str = ""
    status: tuple[StatusEntry, ...] = ()
    banner: BannerText | None = None
