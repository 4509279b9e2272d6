"""Jobs do what is due once, whatever cuts them off, and say what they did."""

from datetime import date

import pytest

from pos_hq import restoration
from pos_hq.facts import DayAhead, GrantsFrozen, JobUnknown
from pos_hq.hq import Hq
from pos_hq.jobs import running
from pos_hq.jobs.part import Due
from tests.fakes import FakeClock
from tests.hq.desk import Author
from tests.hq.jobs.hand import Heard, book_of, done, joined, messages, midnight, points, run


class Cut(Exception):
    """The power is cut."""


@pytest.fixture
def busy(home: Author, clock: FakeClock) -> Author:
    """Return the till of members for whom every kind of job has something to do."""
    midnight(clock, "2026-06-25")
    for place in range(5):
        member = joined(home, birthday="--06-28", day="2026-06-24")
        points(home, member, 10 + place, "2026-05-31")
        points(home, member, 10 + place, "2026-07-02")
        joined(home, day="2025-06-24")
        joined(home, day="2026-05-26")
    home.push()
    return home


@pytest.mark.usefixtures("busy")
def test_every_job_does_its_part_and_a_second_run_nothing(desk: Hq) -> None:
    first = {report.job: report.done for report in run(desk)}
    before = book_of(desk)
    second = {report.job: report.done for report in run(desk)}

    assert first == {
        "newcomer": 5,
        "birthday": 5,
        "member-day": 15,
        "points-expiry": 5,
        "points-reminder": 5,
        "tier-review": 0,
        "window": 0,
        "anniversary": 5,
        "wake-up": 5,
        "points-rate": 0,
    }
    assert set(second.values()) == {0}
    assert book_of(desk) == before


@pytest.mark.usefixtures("busy")
def test_a_dry_run_says_the_same_and_changes_nothing(desk: Hq) -> None:
    before, heard, after = book_of(desk), Heard(), Heard()

    running.run(desk, dry=True, tell=heard)

    assert book_of(desk) == before
    running.run(desk, dry=False, tell=after)
    assert heard.lines == after.lines


@pytest.mark.usefixtures("busy")
def test_parts_are_small_and_a_cut_between_them_costs_nothing_twice(
    desk: Hq, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 4)
    heard = Heard()

    def cut_off(job: str, member: str, due: Due) -> None:
        heard(job, member, due)
        if len(heard.lines) == 7:
            raise Cut

    with pytest.raises(Cut):
        running.run(desk, None, "member-day", dry=False, tell=cut_off)
    (begun,) = [one for one in running.log(desk) if one.job == "member-day"]
    left = done(desk, "member-day")

    assert begun.ended_at is None
    assert begun.done == 8
    assert left == 15 - 8
    assert len(messages(desk, "member_day")) == 15


@pytest.mark.usefixtures("busy")
def test_the_log_names_every_run(desk: Hq) -> None:
    done(desk, "newcomer")
    running.run(desk, date(2026, 7, 1), "newcomer", dry=True, tell=Heard())

    told = {(one.job, one.day, one.dry, one.counted, one.done) for one in running.log(desk)}

    assert told == {
        ("newcomer", "2026-06-25", False, 5, 5),
        ("newcomer", "2026-07-01", True, 0, 0),
    }
    assert all(one.ended_at is not None for one in running.log(desk))


@pytest.mark.usefixtures("busy")
def test_a_missed_day_is_run_later(desk: Hq, clock: FakeClock) -> None:
    midnight(clock, "2026-07-03")

    missed = done(desk, "points-reminder", day="2026-07-01")

    assert missed == 5


def test_a_day_that_has_not_begun_and_a_job_that_nobody_knows_are_refused(desk: Hq) -> None:
    with pytest.raises(DayAhead):
        running.run(desk, date(2026, 6, 16), dry=False, tell=Heard())
    with pytest.raises(JobUnknown):
        running.run(desk, None, "festival", dry=False, tell=Heard())

    assert running.log(desk) == []


def test_a_restored_hq_does_nothing_before_it_knows_what_tills_hold(desk: Hq, home: Author) -> None:
    restoration.after_restore(desk)

    with pytest.raises(GrantsFrozen):
        running.run(desk, dry=False, tell=Heard())

    assert home.caller.node.hex in restoration.waiting_for(desk)


@pytest.mark.parametrize(
    ("day", "count"),
    [("2026-06-24", 0), ("2026-06-25", 1), ("2026-06-27", 1), ("2026-06-28", 0)],
)
def test_a_member_day_is_told_three_days_before_to_who_consents(
    desk: Hq, home: Author, clock: FakeClock, day: str, count: int
) -> None:
    joined(home)
    joined(home, marketing=False)
    home.push()
    midnight(clock, day)

    assert [done(desk, "member-day"), done(desk, "member-day")] == [count, 0]


def test_an_anniversary_is_told_each_year_once(desk: Hq, home: Author, clock: FakeClock) -> None:
    joined(home, day="2024-06-20")
    home.push()

    counts = []
    for day in ("2026-06-19", "2026-06-20", "2026-06-26", "2027-06-20"):
        midnight(clock, day)
        counts.append(done(desk, "anniversary"))

    assert counts == [0, 1, 0, 1]
