"""The work of a night: once a day, by one process at a time, and by itself where HQ is asked to."""

from datetime import timedelta
from threading import Event

import pytest

from pos_hq import nights, tagging
from pos_hq.facts import UnderWay
from pos_hq.hq import Hq
from pos_hq.jobs import running
from pos_hq.store.alone import alone
from tests.fakes import FakeClock
from tests.hq.desk import Author
from tests.hq.jobs.hand import coupons, joined, midnight


def runs(hq: Hq) -> list[str]:
    return [one.job for one in reversed(running.log(hq))]


def test_a_night_gives_what_is_due_and_says_how_everybody_stands(desk: Hq, home: Author) -> None:
    member = joined(home, day="2026-06-14")
    home.push()

    night = nights.spend(desk)

    assert len(coupons(desk, member)) == 1
    assert night.standing.stages == {"acquired": 1}
    assert runs(desk) == [*running.NAMES, "tags", "radar"]


def test_what_a_day_has_seen_done_is_not_done_again_that_day(desk: Hq, clock: FakeClock) -> None:
    midnight(clock, "2026-06-16")
    running.run(desk, only="newcomer", dry=False)

    nights.catch_up(desk)
    nights.catch_up(desk)
    first = runs(desk)
    clock.at += timedelta(hours=5)
    nights.catch_up(desk)
    second = runs(desk)[len(first) :]
    clock.at += timedelta(days=1)
    nights.catch_up(desk)

    assert sorted(first) == sorted([*running.NAMES, "tags", "radar"])
    assert second == ["tags", "radar"]
    assert len(runs(desk)) == len(first) + 2 + len(first)


def test_a_second_process_does_not_run_beside_the_first(desk: Hq) -> None:
    with alone(desk.engine, running.NAME), pytest.raises(UnderWay):
        running.run(desk, dry=False)
    with alone(desk.engine, tagging.NAME), pytest.raises(UnderWay):
        tagging.refresh(desk, tagging.today(desk))

    assert runs(desk) == []
    nights.spend(desk)


def test_an_hq_that_keeps_its_nights_does_the_work_and_ends_when_asked(desk: Hq) -> None:
    with nights.kept(desk, every_s=0.01):
        for _ in range(1000):
            if "radar" in runs(desk):
                break
            Event().wait(0.02)

    assert runs(desk)[-2:] == ["tags", "radar"]


def test_an_hq_that_ends_leaves_the_rest_of_the_night(
    desk: Hq, home: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(30):
        joined(home, day="2026-06-14")
    home.push()
    monkeypatch.setattr(running, "AT_ONCE", 1)

    with nights.kept(desk, every_s=0.01):
        while not runs(desk):
            Event().wait(0.002)
    left_off = running.log(desk)[0]

    nights.catch_up(desk)
    assert left_off.ended_at is None or "tags" in runs(desk)
    assert sum(one.done for one in running.log(desk) if one.job == "newcomer") == 30
