"""Everything that is read about a member, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_app.ids import MemberId
from pos_app.ledger import counter, member_profile, refund_lookup, statements
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_profile import Profile
from pos_app.ledger.refund_lookup import SaleSummary
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.statements import PointsLine, ValueLine
from pos_app.ledger.store.lately import MonthSpend, months_of
from pos_app.ledger.store.lots import LotLine

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MemberFile:
    """One reading: all figures belong together."""

    member: MemberAtCounter
    profile: Profile
    value: tuple[ValueLine, ...]
    points: tuple[PointsLine, ...]
    lots: tuple[LotLine, ...]
    sales: tuple[SaleSummary, ...]
    months: tuple[MonthSpend, ...]
    programme: Programme
    now: datetime
    today: date


def read_file(ledger: Ledger, member: MemberId) -> MemberFile:
    """Read it. Raises MemberUnknown."""
    today = ledger.today()
    return MemberFile(
        member=counter.open_member(ledger, member),
        profile=member_profile.profile(ledger, member),
        value=statements.stored_value(ledger, member),
        points=statements.points(ledger, member),
        lots=statements.lots(ledger, member),
        sales=refund_lookup.sales_of(ledger, member, 50),
        months=months_of(ledger.read(), member, first=first_month(today)),
        programme=ledger.programme,
        now=ledger.now(),
        today=today,
    )


def first_month(today: date) -> date:
    """Return the first day of the oldest month shown."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)
