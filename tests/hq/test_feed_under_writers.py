"""Sixteen writers at once, each slow to commit, and a reader who must not miss a row (C.1: 14)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from sqlalchemy import Engine

from pos_app.ids import new_id
from pos_hq.store import feed_rows
from pos_hq.store.bulk import fetch, run
from pos_hq.store.database import Connection
from pos_hq.store.engine import open_engine, reading, writing
from pos_hq.store.feed_rows import Told
from pos_hq.store.migrate import migrate

WRITERS, ROWS = 16, 12
LONGEST_S = 0.02


def test_a_reader_misses_no_row_of_sixteen_writers(postgres: Callable[[], str]) -> None:
    written, read = written_and_read(postgres())

    assert len(written) == WRITERS * ROWS
    assert sorted(read) == sorted(written)


def test_without_the_turn_and_numbered_by_a_sequence_a_reader_misses_rows(
    postgres: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_rows, "take_turn", lambda _book: None)
    monkeypatch.setattr(feed_rows, "head", _drawn)

    written, read = written_and_read(postgres())

    assert len(written) == WRITERS * ROWS
    assert set(read) < set(written)


def written_and_read(url: str) -> tuple[list[str], list[str]]:
    """Let all write while one reads on from what it has read; return what each saw."""
    engines = [open_engine(url) for _ in range(WRITERS + 1)]
    migrate(engines[0])
    with writing(engines[0]) as book:
        run(book, "CREATE SEQUENCE drawn")
    try:
        with ThreadPoolExecutor(WRITERS) as pool:
            writing_on = [pool.submit(_write, one, seed) for seed, one in enumerate(engines[1:])]
            read = _read_until(engines[0], lambda: all(one.done() for one in writing_on))
        return [told for one in writing_on for told in one.result()], read
    finally:
        for engine in engines:
            engine.dispose()


def _write(engine: Engine, seed: int) -> list[str]:
    dice, told = Random(seed), list[str]()  # noqa: S311 -- no secret
    for _ in range(ROWS):
        with writing(engine) as book:
            _dawdle(book, dice)
            feed_rows.take_turn(book)
            told.append(new_id().hex)
            feed_rows.tell(book, [Told("member", told[-1], {})])
            _dawdle(book, dice)
    return told


def _dawdle(book: Connection, dice: Random) -> None:
    run(book, "SELECT pg_sleep(?)", dice.uniform(0, LONGEST_S))


def _read_until(engine: Engine, over: Callable[[], bool]) -> list[str]:
    """Read page after page, each from where the last one ended, until nothing can come."""
    heard: list[str] = []
    cursor = 0
    while True:
        last = over()
        with reading(engine) as book:
            page = feed_rows.page(book, "00" * 16, "S001", cursor, 5)
        heard += [item.id for item in page]
        cursor = page[-1].seq if page else cursor
        if last and not page:
            return heard


def _drawn(book: Connection) -> int:
    return int(fetch(book, "SELECT nextval('drawn')")[0][0]) - 1
