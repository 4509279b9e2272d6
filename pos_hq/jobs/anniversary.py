"""The greeting on the day on which a member joined (AUT-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.triggers import MAKE_UP_DAYS, anniversary
from pos_hq.fold.values import Member
from pos_hq.jobs.part import (
    Due,
    Job,
    Notice,
    Part,
    days_of_year,
    one_of,
    wants_offers,
)
from pos_hq.store.job_rows import Among


def _due(part: Part, member: Member) -> Iterator[Due]:
    found = anniversary(date.fromisoformat(member.joined_on), part.day)
    if found is not None and wants_offers(member):
        years, _ = found
        yield Due(str(years), notice=Notice("anniversary", {"years": years}))


def _among(day: date, _rules: Programme) -> Among:
    days = days_of_year(day - timedelta(days=MAKE_UP_DAYS - 1), day)
    return Among(f"substr(joined_on, 6) IN {one_of(days)} AND consent_marketing <> ''", days)


JOB = Job("anniversary", _among, _due)
