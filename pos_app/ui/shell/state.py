"""Exactly what the window shows around its screens, already text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One item of the status bar; `said` is for a screen reader where it is not the text."""

    name: str
    icon: str
    text: str
    tone: str = "mute"
    said: str = ""
    loud: bool = False


@dataclass(frozen=True, slots=True)
class BannerText:
    tone: str
    title: str
    text: str = ""
    icon: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A toast: it is told once and is no part of any state."""

    text: str
    tone: str = "info"
    action: str = ""
    acted: Callable[[], None] | None = None
    shown_ms: int = 4000


@dataclass(frozen=True, slots=True)
class RailMark:
    """What the sync page's button on the rail wears."""

    count: str
    tone: str
    said: str


@dataclass(frozen=True, slots=True)
class ShellState:
    page: str = "counter"
    who: str = ""
    where: str = ""
    status: tuple[StatusEntry, ...] = ()
    banner: BannerText | None = None
    link: RailMark | None = None
