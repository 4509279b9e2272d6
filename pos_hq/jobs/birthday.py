"""The coupon before a birthday, in the calendar that the member keeps (AUT-01, D-20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pos_app.ledger.rules.birthdays import BirthdayCoupon, birthday_of, coupon_due
from pos_hq.fold.values import Member
from pos_hq.jobs.part import Due, Job, Notice, Part, is_served, told_of, wants_offers

_LUNAR, _SOLAR = "lunar", "solar"


def _due(part: Part, member: Member) -> Iterator[Due]:
    gift = part.gift(part.rules.birthday.coupon_template)
    birthday = birthday_of(member.birthday, member.lunar)
    if gift is None or birthday is None or not is_served(member):
        return
    issued = [_given(mark.key) for mark in part.done(member)]
    coupon = coupon_due(birthday, issued, part.day, part.rules)
    if coupon is not None:
        notice = Notice("birthday", told_of(gift)) if wants_offers(member) else None
        yield Due(_key(coupon), gift, notice=notice)


def _key(coupon: BirthdayCoupon) -> str:
    calendar = _LUNAR if coupon.lunar else _SOLAR
    return f"{calendar}:{coupon.year}:{coupon.birthday.isoformat()}"


def _given(key: str) -> BirthdayCoupon:
    """Read a mark; the day of issue is not asked for."""
    calendar, year, day = key.split(":")
    birthday = date.fromisoformat(day)
    return BirthdayCoupon(calendar == _LUNAR, int(year), birthday, issue_on=birthday)


JOB = Job("birthday", _due)
