"""How large the shop is and how often a thing is measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Size:
    """Members on file; `buyers` of them topped up once and bought `orders` times."""

    members: int
    buyers: int
    orders: int


@dataclass(frozen=True, slots=True)
class HqSize:
    """How much HQ is told and tells.

    `buyers` are the members of a push of `batch` events, `backlog` the events of a terminal that
    was offline, `changed` the members that a feed tells, `rivals` how many tills take `payments`
    each, and `databases` on which of HQ's it is done.
    """

    buyers: int
    batch: int
    backlog: int
    changed: int
    rivals: tuple[int, ...]
    payments: int
    databases: tuple[str, ...] = ("PostgreSQL", "SQLite")


@dataclass(frozen=True, slots=True)
class Scale:
    """The chain's file and the shop's, and how often and how long each thing is measured.

    `times` pairs a round; `watched_ms` is how long the window's thread is watched in a round.
    """

    chain: Size
    shop: Size
    rounds: int
    times: int
    payments: int
    taps: int
    watched_ms: int
    hq: HqSize


@dataclass(frozen=True, slots=True)
class Bench:
    """Where files are kept between runs, and on what scale."""

    work: Path
    scale: Scale = field(repr=False)


_SHOP = Size(20_000, 4_000, 10)
# 200,000 top-ups of 2 transfers and 2,400,000 orders of 4 are 10,000,000 transfers.
FULL = Scale(
    Size(1_000_000, 200_000, 12),
    _SHOP,
    rounds=9,
    times=60,
    payments=10_000,
    taps=20_000,
    watched_ms=2_000,
    hq=HqSize(2_000, 500, backlog=10_000, changed=100_000, rivals=(2, 3, 4), payments=60),
)
QUICK = Scale(
    _SHOP,
    _SHOP,
    rounds=5,
    times=20,
    payments=1_000,
    taps=2_000,
    watched_ms=1_000,
    hq=HqSize(1_000, 500, backlog=2_000, changed=5_000, rivals=(2, 4), payments=20),
)
