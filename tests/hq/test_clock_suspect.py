"""Clocks that cannot be right are told, once for each day of a terminal."""

import pytest

from pos_hq import exceptions
from pos_hq.hq import Hq
from pos_hq.verification import verify
from tests.hq.desk import DAY, Author, author, opened

MINUTE = 60_000


@pytest.fixture
def till(desk: Hq) -> Author:
    return author(desk)


def test_five_minutes_ahead_are_let_pass(desk: Hq, till: Author) -> None:
    till.at += 5 * MINUTE
    till.write("NOTE")

    till.push()

    assert opened(desk) == []


def test_what_was_written_in_the_future_is_told_once_a_day(desk: Hq, till: Author) -> None:
    heard_at = desk.now_ms()
    till.at += 5 * MINUTE + 1
    till.write("NOTE")
    till.write("NOTE")
    ack = till.push()
    till.write("NOTE")
    till.push()

    (case,) = exceptions.open_ones(desk)

    assert [result.status for result in ack.results] == ["applied_with_exception", "applied"]
    assert (case.type, case.seq, case.who) == ("CLOCK_SUSPECT", 1, "store manager")
    assert case.here == {"received_at": heard_at, "before": 0}
    assert case.there == {"at": till.at}


def test_another_day_is_told_again_also_after_the_first_was_resolved(
    desk: Hq, till: Author
) -> None:
    till.at += 10 * MINUTE
    till.write("NOTE")
    till.push()
    (case,) = exceptions.open_ones(desk)
    exceptions.resolve(desk, case.id, by="Lin", decision="accept")
    till.write("NOTE")
    till.push()
    same_day = opened(desk)

    till.write("NOTE", day="2026-06-16")
    till.push()

    assert same_day == []
    assert opened(desk) == ["CLOCK_SUSPECT"]


@pytest.mark.parametrize("apart", [False, True])
def test_a_clock_that_goes_back_is_told(desk: Hq, till: Author, *, apart: bool) -> None:
    till.at -= 60 * MINUTE
    till.write("NOTE")
    if apart:
        till.push()
    till.at -= 1
    till.write("NOTE")

    till.push()

    (case,) = exceptions.open_ones(desk)
    assert (case.type, case.seq, case.here["before"]) == ("CLOCK_SUSPECT", 2, till.at + 1)


def test_a_week_offline_is_no_wrong_clock(desk: Hq, till: Author) -> None:
    till.at -= 7 * 24 * 60 * MINUTE
    till.write("NOTE", day=DAY)
    till.at += 60 * MINUTE
    till.write("NOTE")

    till.push()

    assert opened(desk) == []
    assert verify(desk).fault is None
