"""Orders grow too old to count towards a tier: terminals hear of it when one does (TIR-05).

They know a member's figures as HQ last told them, and nothing else happens to the member that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.triggers import MAKE_UP_DAYS
from pos_hq.fold.values import Member
from pos_hq.jobs.part import Due, Job, Part
from pos_hq.store.job_rows import Among


def _due(part: Part, member: Member) -> Iterator[Due]:
    counts = part.sheet.grown.get(member.id, (0, 0))
    if part.told.get(member.id, counts) != counts:
        yield Due(anew=True)


def _among(day: date, rules: Programme) -> Among:
    last = day - timedelta(days=rules.growth.window_days)
    days = ((last - timedelta(days=MAKE_UP_DAYS - 1)).isoformat(), last.isoformat())
    leaving = "growth.member = member.id AND on_day BETWEEN ? AND ?"
    return Among(f"EXISTS (SELECT 1 FROM growth WHERE {leaving})", days)  # noqa: S608 -- our own words


JOB = Job("window", _among, _due)
