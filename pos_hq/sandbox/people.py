"""A member on two ways through the same days: as it was, and as the draft would have it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.rules.tiers import TierState
from pos_app.ledger.rules.windows import Qualified
from pos_app.money import Growth, Money
from pos_hq.fold.tiering import tier_state
from pos_hq.fold.values import Member

_LEAP = 2


@dataclass(slots=True)
class Way:
    """One of the two: the tier, what counts towards it, the points of each day, the orders."""

    tier: TierState
    rows: list[Qualified]
    earned: Counter[date] = field(default_factory=Counter)
    sold: dict[bytes, Sold] = field(default_factory=dict)


@dataclass(slots=True)
class Person:
    """Whose events are replayed, what HQ knows of them, and both ways."""

    birthday: Birthday | None
    erased: bool
    merged: bool
    first_lot: int
    bought: bool
    was: Way
    would: Way
    store: str = ""


def person_of(
    member: Member, rows: list[tuple[date, int, int]], first_lot: int, since: date, rules: Programme
) -> Person:
    """Return a member as they stood on the day before the first."""
    tier = tier_state(member, rules)
    while tier.since >= since and tier.before is not None:
        tier = tier.before
    counted = [Qualified(day, Money(spend), Growth(growth)) for day, spend, growth in rows]
    return Person(
        birthday=_birthday(member.birthday, member.lunar),
        erased=member.erased,
        merged=member.merged_into is not None,
        first_lot=first_lot,
        bought=bool(rows),
        was=Way(tier, counted),
        would=Way(tier, list(counted)),
    )


def _birthday(text: str | None, lunar: int) -> Birthday | None:
    try:
        month, day = int(str(text)[-5:-3]), int(str(text)[-2:])
        date(2000, month, min(day, 28))
    except ValueError:
        return None
    return Birthday(month, day, lunar=lunar > 0, leap=lunar == _LEAP)
