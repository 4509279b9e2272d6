"""A member on two ways through the same days: as it was, and as the draft would have it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.rules.sale_record import quote_body, sold_from
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.rules.tiers import TierState
from pos_app.ledger.rules.windows import Qualified
from pos_app.money import Growth, Money
from pos_hq.fold.tiering import tier_state
from pos_hq.fold.values import Member
from pos_hq.sandbox.deeds import Deed

_LEAP = 2


@dataclass(slots=True)
class Way:
    """One of the two: the tier, what counts towards it, the points of each day, the orders.

    An order is what was recorded, or the price `instead`, until its goods come back.
    """

    tier: TierState
    rows: list[Qualified]
    earned: Counter[date] = field(default_factory=Counter)
    orders: dict[bytes, Deed] = field(default_factory=dict)
    instead: dict[bytes, Quote] = field(default_factory=dict)
    sold: dict[bytes, Sold] = field(default_factory=dict)

    def sale(self, identity: bytes) -> Sold | None:
        """Return an order as it stands; None for one from before the days."""
        if identity in self.sold or identity not in self.orders:
            return self.sold.get(identity)
        deed = self.orders[identity]
        body = quote_body(self.instead[identity]) if identity in self.instead else deed.whole()
        return sold_from(body, deed.day)


@dataclass(slots=True)
class Person:
    """Whose events are replayed, what HQ knows of them, and both ways.

    Both are one until the draft makes the first difference.
    """

    birthday: Birthday | None
    erased: bool
    merged: bool
    first_lot: int
    bought: bool
    was: Way
    would: Way
    store: str = ""

    @property
    def parted(self) -> bool:
        """Say whether the draft has made a difference yet."""
        return self.would is not self.was

    def moved_on(self, day: date) -> bool:
        """Say whether the draft has given another tier, or other points on a day."""
        was, would = self.was, self.would
        return would.tier.code != was.tier.code or would.earned[day] != was.earned[day]

    @property
    def ways(self) -> tuple[Way, ...]:
        """Return each way once."""
        return (self.was, self.would) if self.parted else (self.was,)

    def part(self) -> Way:
        """Return the draft's way, from here on a way of its own."""
        if not self.parted:
            was = self.was
            self.would = Way(
                was.tier,
                list(was.rows),
                Counter(was.earned),
                dict(was.orders),
                dict(was.instead),
                dict(was.sold),
            )
        return self.would


def person_of(
    member: Member, rows: list[tuple[date, int, int]], first_lot: int, since: date, rules: Programme
) -> Person:
    """Return a member as they stood on the day before the first."""
    tier = tier_state(member, rules)
    while tier.since >= since and tier.before is not None:
        tier = tier.before
    counted = [Qualified(day, Money(spend), Growth(growth)) for day, spend, growth in rows]
    way = Way(tier, counted)
    return Person(
        birthday=_birthday(member.birthday, member.lunar),
        erased=member.erased,
        merged=member.merged_into is not None,
        first_lot=first_lot,
        bought=bool(rows),
        was=way,
        would=way,
    )


def _birthday(text: str | None, lunar: int) -> Birthday | None:
    try:
        month, day = int(str(text)[-5:-3]), int(str(text)[-2:])
        date(2000, month, min(day, 28))
    except ValueError:
        return None
    return Birthday(month, day, lunar=lunar > 0, leap=lunar == _LEAP)
