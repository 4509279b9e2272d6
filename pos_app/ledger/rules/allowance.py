"""Allowances: what a frequent member may have waiting at a terminal, and what is beyond it."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.wallet import Lot, LotSpend, balance_of, spend_lots
from pos_app.money import BasisPoints, Money, Points


def allowance_of(balance: Money, programme: Programme) -> Money:
    """Return the stored value a frequent member may have waiting (floored share, at most so much).

    `balance` is all that the member has, here and elsewhere.
    """
    rules = programme.offline
    share = balance.floor_bp(BasisPoints(rules.allowance_per_member_pct_bp))
    return min(share, Money(rules.allowance_per_member_max_fen))


def is_low(held: Money, allowance: Money, programme: Programme) -> bool:
    """Say whether so little of an allowance is left that it should be filled up."""
    return held < allowance.floor_bp(BasisPoints(programme.offline.allowance_refill_below_bp))


def excess_lots(lots: Sequence[Lot], keep: Money) -> tuple[LotSpend, ...]:
    """Return what goes back when `keep` stays, newest lots first."""
    balance = balance_of(lots)
    return spend_lots(tuple(reversed(lots)), balance - keep) if balance > keep else ()


def excess_batches(batches: Sequence[PointsBatch], keep: Points) -> tuple[PointsBatch, ...]:
    """Return the points that go back when `keep` stay, latest expiry first."""
    excess = sum(batch.points.minor for batch in batches) - keep.minor
    back = []
    for batch in reversed(batches):
        taken = min(excess, batch.points.minor)
        if taken > 0:
            back.append(PointsBatch(batch.expires_on, Points(taken)))
        excess -= taken
    return tuple(back)
