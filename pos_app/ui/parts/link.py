"""What several screens show of the link to HQ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """How the link fares, in one look.

    `said` is for a screen reader: it changes with the state, not with every second.
    """

    text: str
    icon: str
    tone: str
    said: str
    loud: bool = False


@dataclass(frozen=True, slots=True)
class LinkBanner:
    """What does not work and what still does; `action` opens the sync page."""

    tone: str
    icon: str
    title: str
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class SyncState:
    """`count` is what the rail counts: what needs somebody, else what waits.

    `beats` counts the times the courier came back; `busy` is for a way that takes its time.
    """

    badge: Badge
    cause: str = ""
    count: str = ""
    banner: LinkBanner | None = None
    busy: bool = False
    waiting: int = 0
    failures: int = 0
    beats: int = 0
