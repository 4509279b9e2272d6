"""What a job is: which of a part of the members are due for something today, and for what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tier_review import DowngradeNotice
from pos_app.ledger.rules.tiers import TierState
from pos_app.ledger.rules.triggers import last_day
from pos_app.ledger.rules.windows import Qualified
from pos_app.money import Points
from pos_hq.fold.accounts import PTS, right_of
from pos_hq.fold.sheet import Sheet
from pos_hq.fold.values import Member
from pos_hq.store.job_rows import Among, Mark


class Gift(NamedTuple):
    """A coupon to be issued."""

    template: str
    valid_from: date
    valid_until: date


class Notice(NamedTuple):
    """What a member is to hear. A call is made by somebody."""

    kind: str
    facts: Mapping[str, int | str]
    channel: str = "message"


@dataclass(frozen=True, slots=True)
class Due:
    """What one member is to get or to hear.

    `ended` is a tier given by hand whose last day is over.
    `key` marks it as done once and for all; what changes the state that made it due needs none.
    `anew`: terminals are told of the member as they stand.
    """

    key: str = ""
    gift: Gift | None = None
    expired: tuple[PointsBatch, ...] = ()
    tier: TierState | None = None
    notice: Notice | None = None
    falls: DowngradeNotice | None = None
    ended: str = ""
    anew: bool = False


# A points account ends with the last day of its points.
LAST_DAY = "substr(account, length(account) - 9)"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the members on a day, with what the job did for them before.

    `told` is what terminals heard of their spend and growth.
    """

    day: date
    rules: Programme
    sheet: Sheet
    marks: Mapping[str, Sequence[Mark]] = field(default_factory=dict)
    qualified: Mapping[str, Sequence[Qualified]] = field(default_factory=dict)
    told: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def done(self, member: Member) -> Sequence[Mark]:
        """Return what the job did for a member before."""
        return self.marks.get(member.id, ())

    def batches(self, member: Member, *, held: bool) -> tuple[PointsBatch, ...]:
        """Return a member's points at HQ, or also those that terminals hold."""
        found = []
        for account, unit in sorted(self.sheet.owned.get(member.id, ())):
            right, amount = right_of(account), self.sheet.balances[account, unit]
            if right is None or right.pocket != PTS or amount <= 0:
                continue
            if held or right.holder == "avail":
                found.append(PointsBatch(date.fromisoformat(right.ref), Points(amount)))
        return tuple(found)

    def gift(self, code: str | None) -> Gift | None:
        """Return a coupon of a template as of today."""
        template = None if code is None else self.rules.template(code)
        if template is None:
            return None
        return Gift(template.code, self.day, last_day(template, self.day))


class Job(NamedTuple):
    """A job: its name, among whom it looks today, and what it finds due for a member of a part."""

    name: str
    among: Callable[[date, Programme], Among | None]
    due: Callable[[Part, Member], Iterator[Due]]


def wants_offers(member: Member) -> bool:
    """Say whether marketing may be sent: there is consent, and the account is in use."""
    return bool(member.consent_marketing) and is_served(member)


def is_served(member: Member) -> bool:
    """Say whether the account is in use, so that gifts are given to it."""
    return member.status == Status.NORMAL.value


def days_of_year(first: date, last: date) -> tuple[str, ...]:
    """Return the days from `first` to `last` without their year, as "03-07".

    In a common year 28 February is the day of the 29th as well.
    """
    days = {first + timedelta(days=one) for one in range((last - first).days + 1)}
    named = {day.isoformat()[5:] for day in days}
    return tuple(sorted(named | ({"02-29"} if "02-28" in named else set())))


def points_of(condition: str, values: tuple[str, ...]) -> Among:
    """Return who owns points for which a condition on `holder` and LAST_DAY holds."""
    theirs = f"balance.member = member.id AND unit = '{PTS}' AND amount > 0 AND {condition}"
    return Among(f"EXISTS (SELECT 1 FROM balance WHERE {theirs})", values)  # noqa: S608 -- our own words


def one_of(values: Sequence[str]) -> str:
    """Return the SQL of a list of so many values."""
    return f"({', '.join('?' * len(values))})"


def told_of(gift: Gift) -> dict[str, int | str]:
    """Return what a message says of a coupon."""
    return {"template": gift.template, "valid_until": gift.valid_until.isoformat()}
