"""Years of a member as a patient clerk would write them down: lists and plain numbers.

Everything is worked out anew from the written rules, with figures of the shipped programme.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

# Code, fen and growth that reach it, percent on the member day.
TIERS = (
    ("BASE", 0, 0, 100),
    ("SILVER", 500_000, 1_000, 90),
    ("GOLD", 2_000_000, 5_000, 80),
    ("DIAMOND", 5_000_000, 10_000, 70),
)
POINTS_A_DAY = 10_000
YEAR = 365
BIRTHDAY_MONTH = 3


@dataclass
class Bought:
    """An order: per unit what qualifies and what points paid, and what it brought.

    A return takes from what was earned, but makes no room under the cap of its day.
    """

    day: date
    eligible: list[int]
    points: list[int]
    doubled: bool
    credited: int = 0
    earned: int = 0
    pending: int = 0
    grown: int = 0
    used: list[tuple[date, int]] = field(default_factory=list)
    back: set[int] = field(default_factory=set)
    points_back: int = 0

    def kept(self) -> int:
        return sum(fen for unit, fen in enumerate(self.eligible) if unit not in self.back)


@dataclass
class Standing:
    """A tier, since when, until when it is protected, and the order that lifted to it."""

    rank: int
    since: date
    protected: date | None = None
    lifted_by: Bought | None = None
    before: Standing | None = None


@dataclass
class Diary:
    """What a clerk knows of a member."""

    joined: date
    bought: list[Bought] = field(default_factory=list)
    lots: list[list[int]] = field(default_factory=list)
    batches: dict[date, int] = field(default_factory=dict)
    debt: int = 0
    pending: int = 0
    told: dict[date, date] = field(default_factory=dict)
    standing: Standing = field(init=False)

    def __post_init__(self) -> None:
        self.standing = Standing(0, self.joined)

    @property
    def wallet(self) -> int:
        return sum(principal + bonus for principal, bonus in self.lots)

    def usable(self, today: date) -> int:
        return sum(points for last, points in self.batches.items() if last >= today)

    def price(self, listed: list[int], today: date) -> int:
        """Return what lines cost: on the 28th each by the percentage of the tier."""
        percent = TIERS[self.standing.rank][3] if today.day == 28 else 100
        return sum(fen * percent // 100 for fen in listed)

    def most_points(self, due: int, today: date) -> int:
        """Return how many points may pay: whole hundreds, at most three tenths, no debt."""
        if self.debt:
            return 0
        return min(self.usable(today), due * 3 // 10) // 100 * 100

    def use_points(self, points: int, today: date) -> list[tuple[date, int]]:
        """Take points, what runs out first before the rest."""
        return self._take(points, [last for last in sorted(self.batches) if last >= today])

    def use_wallet(self, fen: int) -> tuple[int, int]:
        """Take stored value from the oldest lots; return principal and bonus."""
        principal = bonus = 0
        for lot in self.lots:
            part = min(fen, sum(lot))
            if part:
                of_principal = part * lot[0] // sum(lot)
                lot[0], lot[1] = lot[0] - of_principal, lot[1] - (part - of_principal)
                principal, bonus = principal + of_principal, bonus + part - of_principal
                fen -= part
        return principal, bonus

    def top_up(self, fen: int, today: date) -> int | None:
        """Return the bonus, or None where the law's cap forbids it."""
        rest, ladder = fen, 0
        for rung, gift in ((100_000, 15_000), (50_000, 6_000), (10_000, 1_000)):
            ladder, rest = ladder + rest // rung * gift, rest % rung
        festive = not self.lots or today.month == BIRTHDAY_MONTH
        bonus = ladder + (fen * 5 // 100 if festive else 0)
        if self.wallet + fen + bonus > 500_000:
            return None
        self.lots.append([fen, bonus])
        return bonus

    def buy(self, order: Bought) -> None:
        """Let an order earn: doubled on the member day, in the birthday month, and at first."""
        today, eligible = order.day, sum(order.eligible)
        order.doubled = today.day == 28 or today.month == BIRTHDAY_MONTH or not self.bought
        worth = eligible * (2 if order.doubled else 1) // 100
        room = POINTS_A_DAY - sum(one.credited for one in self.bought if one.day == today)
        order.credited = order.earned = min(worth, max(room, 0))
        order.pending, order.grown = worth - order.earned, eligible // 500
        repaid = min(self.debt, order.earned)
        self.debt -= repaid
        self._give(month_end_after(today, 24), order.earned - repaid)
        self.bought.append(order)
        reached = self.reached(today)
        if reached > self.standing.rank:
            until = today + timedelta(days=YEAR)
            self.standing = Standing(reached, today, until, order, self.standing)

    def give_back(self, order: Bought, units: set[int], today: date) -> None:
        """Take units back: points that paid return, points that are no longer earned go."""
        order.back |= units
        whole = sum(order.points)
        if whole:
            so_far = sum(order.points[unit] for unit in order.back)
            taken = sum(points for _, points in order.used)
            returning = taken * so_far // whole - order.points_back
            self._return_points(order, returning, today)
        deserved = order.kept() * (2 if order.doubled else 1) // 100
        lost = order.earned - min(order.earned, deserved)
        order.earned -= lost
        order.pending = min(order.pending, deserved - order.earned)
        order.grown = min(order.grown, order.kept() // 500)
        self._claw_back(lost, month_end_after(order.day, 24), today)
        self._undo_lift(order, today)

    def _return_points(self, order: Bought, points: int, today: date) -> None:
        """Give points back, those that were taken last first; where it is too late, for 30 days."""
        already = order.points_back
        order.points_back += points
        for last, taken in reversed(order.used):
            skipped = min(already, taken)
            already -= skipped
            part = min(points, taken - skipped)
            points -= part
            if part:
                self._give(last if last >= today else today + timedelta(days=30), part)

    def _claw_back(self, lost: int, own: date, today: date) -> None:
        """Take points away: those that the order brought, then what runs out first, then a debt."""
        owed = lost + self.debt
        alive = [last for last in sorted(self.batches) if last >= today]
        places = ([own] if own in alive else []) + [last for last in alive if last != own]
        taken = self._take(min(owed, self.usable(today)), places)
        self.debt = owed - sum(points for _, points in taken)

    def _undo_lift(self, order: Bought, today: date) -> None:
        held = self.standing
        if held.lifted_by is not order:
            return
        reached = self.reached(today)
        if reached >= held.rank:
            return
        assert held.before is not None
        if reached > held.before.rank:
            held.rank = reached
        else:
            self.standing = held.before

    def night(self, today: date) -> None:
        """Review the tier: a notice, and 30 days later at the earliest a fall by one."""
        held = self.standing
        review = self.review_on()
        if review is None:
            return
        would, told = self.reached(review), self.told.get(review)
        if today >= review and would >= held.rank:
            self._stand(would, review)
        elif told is not None and today >= max(review, told + timedelta(days=30)):
            falls = max(review, told + timedelta(days=30))
            self._stand(max(self.reached(falls), held.rank - 1), falls)
        elif told is None and would < held.rank and today >= review - timedelta(days=30):
            self.told[review] = today

    def _stand(self, rank: int, day: date) -> None:
        held = self.standing
        since = held.since if rank == held.rank else day
        self.standing = Standing(rank, since, day + timedelta(days=YEAR))

    def review_on(self) -> date | None:
        """Return the next yearly day, counted from the day the tier was reached, that is free."""
        held = self.standing
        if held.rank == 0:
            return None
        protected = held.protected or held.since
        reviewed = protected - timedelta(days=YEAR) if held.protected else held.since
        year = 1
        while True:
            day = years_later(held.since, year)
            if day >= protected and day > reviewed:
                return day
            year += 1

    def reached(self, today: date) -> int:
        """Return the highest tier that the last 365 days reach, by money or by growth."""
        counted = [one for one in self.bought if 0 <= (today - one.day).days < YEAR]
        spend, growth = sum(one.kept() for one in counted), sum(one.grown for one in counted)
        ranks = (
            rank for rank, (_, fen, least, _) in enumerate(TIERS) if spend >= fen or growth >= least
        )
        return max(ranks)

    def _give(self, last: date, points: int) -> None:
        self.batches[last] = self.batches.get(last, 0) + points

    def _take(self, points: int, places: list[date]) -> list[tuple[date, int]]:
        taken = []
        for last in places:
            part = min(points, self.batches[last])
            self.batches[last] -= part
            points -= part
            if part:
                taken.append((last, part))
        return taken


def month_end_after(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def years_later(day: date, years: int) -> date:
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))
