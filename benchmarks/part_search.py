"""Target 6: finding members by part of what they say, beside the scan that needs no index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from random import Random
from statistics import median
from typing import Any

from pypinyin import lazy_pinyin

from benchmarks.files import ledger_folder
from benchmarks.measure import p99, timed
from benchmarks.report import Line, shown
from benchmarks.scale import Bench
from benchmarks.shop import KEYS, Hands, ledger_in, open_ledger
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.members import search
from pos_app.ledger.store.driver import connect

_ASKED = 400
_ROWS = 20
_AT_MOST_SECONDS = 0.005
_FASTER = 100
_SCAN = (
    "SELECT id, number, phone, name, tier, status, last_visit FROM member"
    " WHERE name LIKE '%' || ?1 || '%' OR phone LIKE '%' || ?1 || '%'"
    " ORDER BY last_visit DESC LIMIT 20"
)


@dataclass(frozen=True, slots=True)
class _Person:
    phone: str
    name: str


# What a cashier types of a member who stands before them, and what a scan would look for instead.
_KINDS: dict[str, Callable[[_Person], str]] = {
    "the last four of a phone": lambda who: who.phone[-4:],
    "the last six of a phone": lambda who: who.phone[-6:],
    "the first seven of a phone": lambda who: who.phone[3:10],
    "two letters of a name": lambda who: who.name[:2],
    "a given name": lambda who: who.name[1:],
    "pinyin": lambda who: "".join(lazy_pinyin(who.name)),
    "pinyin half typed": lambda who: "".join(lazy_pinyin(who.name))[:4],
    "initials": lambda who: "".join(sound[0] for sound in lazy_pinyin(who.name)),
}


def part_search(bench: Bench) -> Iterator[Line]:
    """Measure each way to search; the scan takes its turn between ours."""
    folder = ledger_folder(bench.work, bench.scale.chain)
    bare = connect(ledger_in(folder), KEYS.database, query_only=True)
    people = _people(bare, bench.scale.chain.members)
    with open_ledger(folder, Hands()) as ledger:
        for what, typed in _KINDS.items():
            yield _measured(ledger, bare, [typed(who) for who in people], what, bench.scale.rounds)
    bare.close()


def _measured(ledger: Ledger, bare: Any, texts: list[str], what: str, rounds: int) -> Line:  # noqa: ANN401 -- untyped driver
    ours: list[float] = []
    scans: list[float] = []
    some = cycle(texts)
    for _ in range(rounds):
        ours += [timed(partial(search, ledger, next(some), _ROWS)) for _ in range(_ASKED)]
        scans.append(timed(partial(_scan, bare, next(some))))
    slow, scan = p99(ours), median(scans)
    return Line(
        "6",
        f"search by {what}, p99 / a LIKE scan",
        shown(slow),
        shown(scan),
        f"1/{scan / slow:.0f} (p50 {shown(median(ours))})",
        "<= 5 ms, 1/100",
        slow <= _AT_MOST_SECONDS and scan >= _FASTER * slow,
    )


def _scan(bare: Any, text: str) -> None:  # noqa: ANN401 -- untyped driver
    bare.execute(_SCAN, (text,)).fetchall()


def _people(bare: Any, members: int) -> list[_Person]:  # noqa: ANN401 -- untyped driver
    chance = Random(11)  # noqa: S311 -- whom to look for, no secret
    rows = chance.sample(range(1, members + 1), min(_ASKED, members))
    one = "SELECT phone, name FROM member WHERE row = ?"
    return [_Person(*bare.execute(one, (row,)).fetchone()) for row in rows]
