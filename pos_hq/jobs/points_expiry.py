"""Points that have run out leave the member (PTS-06, D-15).

Only what lies at HQ: what terminals hold they refuse themselves, and it expires when it is back.
What is gone cannot expire again, so that nothing need be marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from pos_app.ledger.rules.points_expiry import expired
from pos_app.ledger.rules.programme import Programme
from pos_hq.fold.values import Member
from pos_hq.jobs.part import LAST_DAY, Due, Job, Notice, Part, points_of
from pos_hq.store.job_rows import Among


def _due(part: Part, member: Member) -> Iterator[Due]:
    begins = datetime.combine(part.day, time.min, part.rules.zone)
    gone = expired(part.batches(member, held=False), begins, part.rules)
    if gone:
        facts: dict[str, int | str] = {"points": sum(one.points.minor for one in gone)}
        yield Due(expired=gone, notice=Notice("points_expired", facts))


def _among(day: date, _rules: Programme) -> Among:
    return points_of(f"holder = 'avail' AND {LAST_DAY} < ?", (day.isoformat(),))


JOB = Job("points-expiry", _among, _due)
