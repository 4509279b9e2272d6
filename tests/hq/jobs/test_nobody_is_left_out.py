"""A job looks among few members, and finds everybody whom it would find among all."""

from datetime import date, timedelta

import pytest

from pos_hq.hq import Hq
from pos_hq.jobs import running, window
from pos_hq.jobs.part import Job
from pos_hq.store.job_rows import Among
from tests.fakes import FakeClock
from tests.hq.desk import Author
from tests.hq.jobs.hand import Heard, joined, midnight, points
from tests.hq.jobs.test_tiers_reviewed_at_hq import reaches

# What left the window earlier than this week was told of then.
BY_THE_CALENDAR = [job for job in running.JOBS if job is not window.JOB]
EVERYBODY = Among("1 = 1")
AROUND_LEAP_DAYS_AND_NEW_YEAR = [
    *(date(2027, 2, 25) + timedelta(days=one) for one in range(9)),
    *(date(2028, 2, 21) + timedelta(days=one) for one in range(10)),
    *(date(2027, 12, 27) + timedelta(days=one) for one in range(9)),
]


@pytest.fixture
def town(home: Author, clock: FakeClock) -> Author:
    """Return the till of members whose days lie around those that are easily missed."""
    midnight(clock, "2024-03-01")
    for place, day in enumerate(("2024-02-29", "2024-02-28", "2024-03-01", "2023-12-31")):
        for lunar in (0, 1, 2):
            one = joined(home, day=day, birthday=f"-{day[4:]}", lunar=lunar)
            for ahead in (1, 7, 30):
                for today in (date(2027, 2, 27), date(2028, 2, 29), date(2027, 12, 31)):
                    last = (today + timedelta(days=ahead + place)).isoformat()
                    points(home, one, 10 + ahead, last, back=lunar == 0)
    for day in ("2027-01-26", "2027-02-27", "2027-11-29", "2028-01-29"):
        joined(home, day=day, birthday="--12-30")
    home.push()
    for day in ("2026-02-27", "2026-03-29", "2027-02-28", "2026-12-31"):
        midnight(clock, day)
        reaches(home, 2_000_000, day)
    midnight(clock, "2029-01-01")
    return home


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("job", BY_THE_CALENDAR, ids=lambda job: job.name)
def test_looking_among_few_finds_whom_looking_among_all_finds(
    desk: Hq, monkeypatch: pytest.MonkeyPatch, job: Job
) -> None:
    few, everybody = Heard(), Heard()

    for day in AROUND_LEAP_DAYS_AND_NEW_YEAR:
        running.run(desk, day, job.name, dry=True, tell=few)
    wide = job._replace(among=lambda _day, _rules: EVERYBODY)
    monkeypatch.setattr(running, "JOBS", (wide,))
    for day in AROUND_LEAP_DAYS_AND_NEW_YEAR:
        running.run(desk, day, job.name, dry=True, tell=everybody)

    assert few.lines == everybody.lines
    assert few.lines or job.name == "member-day"
