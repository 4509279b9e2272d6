"""What members have, kept by hand in plain numbers: no accounts, no lots, no batches."""

from dataclasses import dataclass, field

from pos_app.ids import MemberId
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.units import UnitRow

POINTS_A_DAY = 10_000


@dataclass
class Sold:
    """A sale as a cashier would note it: the unit rows that were shown, and what it earned."""

    receipt: SaleReceipt
    member: MemberId | None
    units: tuple[UnitRow, ...]
    multiplier: int
    credited: int
    left: set[int]

    def eligible_left(self) -> int:
        """Return the qualifying money of what has not come back, in fen."""
        rows = [self.units[unit] for unit in self.left]
        return sum(row.principal.minor + row.paid_outside.minor for row in rows)


@dataclass
class Purse:
    """What a member has, kept without accounts, lots or batches."""

    value: int = 0
    points: int = 0
    coupons: int = 0
    visits: int = 0
    topped_up: bool = False
    earned_today: dict[object, int] = field(default_factory=dict)

    def earn(self, eligible: int, day: object) -> tuple[int, int]:
        """Return the multiplier in basis points, and what is credited under the daily cap."""
        multiplier = 20_000 if self.visits == 0 else 10_000
        credited = min(
            eligible * multiplier // 1_000_000, POINTS_A_DAY - self.earned_today.get(day, 0)
        )
        self.earned_today[day] = self.earned_today.get(day, 0) + credited
        self.points += credited
        self.visits += 1
        return multiplier, credited


def ladder_bonus(fen: int, *, first: bool) -> int:
    """Climb the shipped ladder by hand: the largest rung first; a first top-up gets 5 % more."""
    rest, bonus = fen, 0
    for rung, gift in ((100_000, 15_000), (50_000, 6_000), (10_000, 1_000)):
        bonus, rest = bonus + rest // rung * gift, rest % rung
    return bonus + (fen // 20 if first else 0)
