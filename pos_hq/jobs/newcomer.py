"""The coupon of a newcomer (AUT-02): once HQ has found the phone number new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.triggers import MAKE_UP_DAYS, newcomer_due
from pos_hq.fold.values import Member
from pos_hq.jobs.part import Due, Job, Notice, Part, is_served, told_of, wants_offers
from pos_hq.store.job_rows import Among


def _due(part: Part, member: Member) -> Iterator[Due]:
    gift = part.gift(part.rules.coupon.newcomer_template)
    new = newcomer_due(date.fromisoformat(member.joined_on), part.day)
    if gift is not None and new and member.phone is not None and is_served(member):
        notice = Notice("newcomer", told_of(gift)) if wants_offers(member) else None
        yield Due("once", gift, notice=notice)


def _among(day: date, _rules: Programme) -> Among:
    first = day - timedelta(days=MAKE_UP_DAYS - 1)
    return Among("joined_on BETWEEN ? AND ?", (first.isoformat(), day.isoformat()))


JOB = Job("newcomer", _among, _due)
