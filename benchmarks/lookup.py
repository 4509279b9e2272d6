"""Target 5: the one member whom a whole phone number or a card names, to a value for the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random

from benchmarks.files import ledger_folder
from benchmarks.measure import Paired, interleaved, timed
from benchmarks.report import Line, compared
from benchmarks.scale import Bench
from benchmarks.shop import KEYS, Hands, ledger_in, open_ledger
from pos_app.ledger.members import find_exact
from pos_app.ledger.store.driver import connect

_ASKED = 2_000
_TIMES_MORE = 10
_RAW = "SELECT id, number, phone, name, tier, status, last_visit FROM member WHERE {column} = ?"


def lookup(bench: Bench) -> Iterator[Line]:
    """Measure a look-up by phone and one by card."""
    among = f"among {bench.scale.chain.members:,}"
    yield compared("5", f"look-up by phone {among}, p50", _pair(bench, "phone"), most=6)
    yield compared("5", f"look-up by card {among}, p50", _pair(bench, "card"), most=6)


def _pair(bench: Bench, column: str) -> Paired:
    folder = ledger_folder(bench.work, bench.scale.chain)
    bare = connect(ledger_in(folder), KEYS.database, query_only=True)
    some = _some(bare.execute, column, bench.scale.chain.members)
    mine, raw = cycle(some), cycle(some)
    sql = _RAW.format(column=column)
    with open_ledger(folder, Hands()) as ledger:
        pair = interleaved(
            lambda: _timed_on(lambda code: find_exact(ledger, code), next(mine)),
            lambda: _timed_on(lambda code: bare.execute(sql, (code,)).fetchone(), next(raw)),
            rounds=bench.scale.rounds,
            times=bench.scale.times * _TIMES_MORE,
        )
    bare.close()
    return pair


def _timed_on(ask: Callable[[str], object], code: str) -> float:
    found: list[object] = []
    seconds = timed(lambda: found.append(ask(code)))
    assert found[0] is not None, "everybody asked for is a member"
    return seconds


def _some(
    execute: Callable[..., Iterator[tuple[str | None]]], column: str, members: int
) -> list[str]:
    chance = Random(3)  # noqa: S311 -- whom to look for, no secret
    rows = chance.sample(range(1, members + 1), min(_ASKED, members))
    found = (next(execute(f"SELECT {column} FROM member WHERE row = ?", (row,))) for row in rows)  # noqa: S608 -- our own names
    return [code for (code,) in found if code is not None]
