"""The greeting on the day on which a member joined (AUT-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pos_app.ledger.rules.triggers import anniversary
from pos_hq.fold.values import Member
from pos_hq.jobs.part import Due, Job, Notice, Part, wants_offers


def _due(part: Part, member: Member) -> Iterator[Due]:
    found = anniversary(date.fromisoformat(member.joined_on), part.day)
    if found is not None and wants_offers(member):
        years, _ = found
        yield Due(str(years), notice=Notice("anniversary", {"years": years}))


JOB = Job("anniversary", _due)
