"""What the counter reads from the ledger in one go, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pos_app.ids import MemberId, OperatorId
from pos_app.ledger.alerts import count_open_of
from pos_app.ledger.counter import MemberAtCounter, open_member
from pos_app.ledger.held_orders import HeldOrder, held
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.members import MemberHit, recent
from pos_app.ledger.rules.tiers import tier_name
from pos_app.ledger.today import Today, of_operator

LATELY = 8


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where something was read."""

    now: datetime
    today: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class MemberRead:
    member: MemberAtCounter
    moment: Moment
    next_tier_name: str = ""
    alerts: int = 0


@dataclass(frozen=True, slots=True)
class HomeRead:
    waiting: tuple[HeldOrder, ...]
    lately: tuple[MemberHit, ...]
    today: Today
    moment: Moment


def moment_of(ledger: Ledger) -> Moment:
    return Moment(ledger.now(), ledger.today(), ledger.programme.zone)


def read_member(ledger: Ledger, member: MemberId) -> MemberRead:
    """Return the member as of now. Raises MemberUnknown."""
    loaded = open_member(ledger, member)
    gap = loaded.next_tier
    name = tier_name(gap.code, ledger.programme) if gap else ""
    return MemberRead(loaded, moment_of(ledger), name, count_open_of(ledger, member))


def read_home(ledger: Ledger, operator: OperatorId) -> HomeRead:
    """Return what the home page shows to this operator."""
    mine = of_operator(ledger, operator)
    return HomeRead(held(ledger), recent(ledger, LATELY), mine, moment_of(ledger))
