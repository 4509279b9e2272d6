"""How the link fares: five states, no flapping, and a patience that grows."""

from datetime import UTC, datetime, timedelta

import pytest

from pos_app.sync import health as how
from pos_app.sync.health import Health, Link

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
QUICK = timedelta(milliseconds=42)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def online(at: datetime = NOON, latency: timedelta = QUICK) -> Health:
    return how.answered(Health(), at, latency, moved=False)


def link(health: Health, *, waiting: int = 0, open_cases: int = 0, working: bool = False) -> Link:
    return how.link_of(health, waiting=waiting, open_cases=open_cases, working=working)


def test_a_till_that_never_reached_hq_is_offline_since_its_first_try() -> None:
    first = how.failed(Health(), NOON, "refused")

    again = how.failed(first, after(2), "refused")

    assert link(again) is Link.OFFLINE
    assert again.since == NOON


def test_one_success_is_back_online_and_forgets_the_failures() -> None:
    health = how.failed(Health(), NOON, "refused")

    back = how.answered(health, after(5), QUICK, moved=True)

    assert link(back) is Link.ONLINE
    assert (back.failures, back.cause, back.since, back.moved_at) == (0, "", after(5), after(5))


def test_going_on_well_keeps_since_and_the_last_movement() -> None:
    health = online()

    later = how.answered(health, after(30), QUICK, moved=False)

    assert (later.since, later.moved_at) == (NOON, NOON)


def test_one_failed_probe_is_not_offline_yet_and_two_are() -> None:
    one = how.failed(online(), after(60), "timeout")
    two = how.failed(one, after(62), "timeout")

    assert (link(one), one.cause) == (Link.ONLINE, "timeout")
    assert link(two) is Link.OFFLINE
    assert two.since == after(62)


def test_within_ten_seconds_of_coming_back_it_does_not_flap() -> None:
    health = online()
    for second in (1, 3, 9):
        health = how.failed(health, after(second), "timeout")
    steady = health

    gone = how.failed(steady, after(11), "timeout")

    assert link(steady) is Link.ONLINE
    assert link(gone) is Link.OFFLINE


def test_what_needs_a_person_comes_before_everything() -> None:
    wanting = how.needs_person(online(), after(60), "Rewound")

    assert link(wanting) is Link.ACTION
    assert link(how.failed(Health(), NOON, "refused"), open_cases=1) is Link.ACTION
    assert link(how.answered(wanting, after(70), QUICK, moved=False)) is Link.ONLINE


def test_a_late_answer_is_a_slow_network_and_work_shows_only_when_something_waits() -> None:
    assert link(online(latency=timedelta(seconds=3))) is Link.SLOW
    assert link(online(), waiting=3, working=True) is Link.SYNCING
    assert link(online(), working=True) is Link.ONLINE


def test_events_that_wait_for_five_minutes_although_hq_answers_are_stuck() -> None:
    health = online()

    assert not how.is_stuck(health, after(200), waiting=1)
    assert how.is_stuck(health, after(301), waiting=1)
    assert not how.is_stuck(health, after(301), waiting=0)
    assert not how.is_stuck(Health(), after(301), waiting=1)


@pytest.mark.parametrize(
    ("failures", "least", "most"), [(0, 5, 5), (1, 0.5, 1), (2, 1, 2), (4, 4, 8), (40, 30, 60)]
)
def test_the_wait_doubles_to_a_minute_and_is_spread(
    failures: int, least: float, most: float
) -> None:
    health = Health(failures=failures)

    assert (how.wait_s(health, 0.0), how.wait_s(health, 1.0)) == (least, most)
