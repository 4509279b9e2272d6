"""Reminders of points that run out, wherever they are held (PTS-06)."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.ledger.rules.points_expiry import reminders
from pos_hq.fold.values import Member
from pos_hq.jobs.part import Due, Job, Notice, Part


def _due(part: Part, member: Member) -> Iterator[Due]:
    for one in reminders(part.batches(member, held=True), part.day, part.rules):
        on = one.expires_on.isoformat()
        facts: dict[str, int | str] = {"points": one.points.minor, "expires_on": on}
        facts["days"] = one.days_before
        yield Due(f"{on}:{one.days_before}", notice=Notice("points_expiring", facts))


JOB = Job("points-reminder", _due)
