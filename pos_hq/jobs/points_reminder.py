"""Reminders of points that run out, wherever they are held (PTS-06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pos_app.ledger.rules.points_expiry import reminders
from pos_app.ledger.rules.programme import Programme
from pos_hq.fold.values import Member
from pos_hq.jobs.part import LAST_DAY, Due, Job, Notice, Part, one_of, points_of
from pos_hq.store.job_rows import Among


def _due(part: Part, member: Member) -> Iterator[Due]:
    for one in reminders(part.batches(member, held=True), part.day, part.rules):
        on = one.expires_on.isoformat()
        facts: dict[str, int | str] = {"points": one.points.minor, "expires_on": on}
        facts["days"] = one.days_before
        yield Due(f"{on}:{one.days_before}", notice=Notice("points_expiring", facts))


def _among(day: date, rules: Programme) -> Among | None:
    ahead = sorted(set(rules.points.remind_days_before))
    days = tuple((day + timedelta(days=one)).isoformat() for one in ahead)
    return points_of(f"{LAST_DAY} IN {one_of(days)}", days) if days else None


JOB = Job("points-reminder", _among, _due)
