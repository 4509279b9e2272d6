"""The cash of a shift: what should be in the drawer, and what a count means."""

from collections.abc import Mapping
from dataclasses import dataclass

from pos_app.ledger.rules.programme import Programme
from pos_app.money import Money

NO_MONEY = Money()


@dataclass(frozen=True, slots=True)
class DrawerMoves:
    """What went into and out of a drawer in a shift. Cash rounding is not cash: it is no part."""

    float_: Money
    sales: Money = NO_MONEY
    top_ups: Money = NO_MONEY
    paid_in: Money = NO_MONEY
    refunds: Money = NO_MONEY
    paid_out: Money = NO_MONEY
    safe_drops: Money = NO_MONEY

    @property
    def expected(self) -> Money:
        """Return float + sales + top-ups + paid-in − refunds − paid-out − safe drops (D-33)."""
        came = self.float_ + self.sales + self.top_ups + self.paid_in
        return came - self.refunds - self.paid_out - self.safe_drops


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """What a blind count means; shown to the cashier only after it was handed in."""

    expected: Money
    counted: Money
    variance: Money
    reason_needed: bool
    manager_needed: bool


def counted(denominations: Mapping[Money, int]) -> Money:
    """Return the sum of a count by denomination."""
    return Money(sum(coin.minor * pieces for coin, pieces in denominations.items()))


def judge_count(moves: DrawerMoves, count: Money, programme: Programme) -> CountAnswer:
    """Compare a count with what should be there; thresholds are inclusive, over or short."""
    variance = count - moves.expected
    off = abs(variance.minor)
    return CountAnswer(
        expected=moves.expected,
        counted=count,
        variance=variance,
        reason_needed=off >= programme.shift.variance_reason_from_fen,
        manager_needed=off >= programme.shift.variance_manager_from_fen,
    )
