"""The coupon before a birthday, in the calendar that the member keeps (AUT-01, D-20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pos_app.ledger.rules.birthdays import BirthdayCoupon, birthday_of, coupon_due
from pos_app.ledger.rules.programme import Programme
from pos_hq.fold.values import Member
from pos_hq.jobs.part import (
    Due,
    Job,
    Notice,
    Part,
    days_of_year,
    is_served,
    one_of,
    told_of,
    wants_offers,
)
from pos_hq.store.job_rows import Among

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


def _among(day: date, rules: Programme) -> Among:
    """Whoever keeps a lunar birthday is looked at every day."""
    days = days_of_year(day, day + timedelta(days=rules.birthday.coupon_days_before))
    solar = f"substr(birthday, length(birthday) - 4) IN {one_of(days)}"
    return Among(f"(lunar > 0 OR {solar}) AND birthday IS NOT NULL", days)


JOB = Job("birthday", _among, _due)
