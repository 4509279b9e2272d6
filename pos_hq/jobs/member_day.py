"""The notice before a member day (AUT-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pos_app.ledger.rules.manual_tier import manual_from
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tier_standing import given_or_held
from pos_app.ledger.rules.triggers import member_day_ahead
from pos_hq.fold.values import Member
from pos_hq.jobs.part import Due, Job, Notice, Part, wants_offers
from pos_hq.store.job_rows import Among


def _due(part: Part, member: Member) -> Iterator[Due]:
    day = member_day_ahead(part.day, part.rules)
    if day is not None and wants_offers(member):
        tier = given_or_held(member.tier, manual_from(member.tier_manual), day, part.rules)
        facts: dict[str, int | str] = {"on": day.isoformat(), "tier": tier}
        yield Due(day.isoformat(), notice=Notice("member_day", facts))


def _among(day: date, rules: Programme) -> Among | None:
    ahead = member_day_ahead(day, rules)
    return None if ahead is None else Among("consent_marketing <> ''")


JOB = Job("member-day", _among, _due)
