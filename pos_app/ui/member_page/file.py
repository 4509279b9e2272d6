"""Everything that is read about a member, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_app.ids import MemberId
from pos_app.ledger import counter, member_profile, refund_lookup, statements
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_profile import Profile
from pos_app.ledger.offline import refused_now
from pos_app.ledger.refund_lookup import SaleSummary
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.offline_acts import ALWAYS
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.statements import PointsLine, ValueLine
from pos_app.ledger.store.lately import MonthSpend, months_of
from pos_app.ledger.store.lots import LotLine

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MemberFile:
    """One reading: all figures belong together. `waiting` are acts that HQ must be reached for."""

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
    waiting: frozenset[Act]


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
        waiting=frozenset(act for act in ALWAYS if refused_now(ledger, act)),
    )


def first_month(today: date) -> date:
    """Return the first day of the oldest month shown."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)
