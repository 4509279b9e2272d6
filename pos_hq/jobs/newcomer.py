"""The coupon of a newcomer (AUT-02): once HQ has found the phone number new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pos_app.ledger.rules.triggers import newcomer_due
from pos_hq.fold.values import Member
from pos_hq.jobs.part import Due, Job, Notice, Part, is_served, told_of, wants_offers


def _due(part: Part, member: Member) -> Iterator[Due]:
    gift = part.gift(part.rules.coupon.newcomer_template)
    new = newcomer_due(date.fromisoformat(member.joined_on), part.day)
    if gift is not None and new and member.phone is not None and is_served(member):
        notice = Notice("newcomer", told_of(gift)) if wants_offers(member) else None
        yield Due("once", gift, notice=notice)


JOB = Job("newcomer", _due)
