"""Closing a stored-value account: what the law gives back of every top-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pos_app.ids import LotId
from pos_app.ledger.rules.prepaid_law import PayoutWay, payout_ways
from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Money, total_of

DAYS_OF_A_YEAR = 365


class Cause(StrEnum):
    """Whose cause the closing is (法释 2025 No. 4, articles 18 and 19)."""

    MERCHANT = "merchant"
    CONSUMER = "consumer"


class Ground(StrEnum):
    """The rule by which one top-up is paid back."""

    COOL_OFF = "art14"
    MERCHANT = "art18"
    CONSUMER = "art19"
    PROPORTIONAL = "proportional"


@dataclass(frozen=True, slots=True)
class ClosingLot:
    """A top-up as the closing sees it.

    `paid` and `bonus` are what it brought; `spent` is the face value taken from it, less what came
    back; `listed` is what was delivered for that, at list price. `rate` is the yearly interest of
    article 16 for this contract: as agreed, else the 1-year LPR of its day where the merchant is
    the cause, the 1-year deposit benchmark where the consumer is.
    """

    id: LotId
    paid: Money
    bonus: Money
    spent: Money
    listed: Money
    paid_on: date
    rate: BasisPoints

    @property
    def unused(self) -> Money:
        """Return the face value that is left."""
        return self.paid + self.bonus - self.spent


@dataclass(frozen=True, slots=True)
class ClosingWish:
    """Why and when the account ends, and when the money is handed out.

    `goods_known_before`: the consumer had the same goods before the contract, from whomever; then
    there is no cooling-off (article 14).
    """

    cause: Cause
    ended_on: date
    paid_out_on: date
    goods_known_before: bool = False


@dataclass(frozen=True, slots=True)
class LotClosing:
    """What one top-up gives back, and how that was found.

    `consumed` is what the consumption counts as; `lapses` is the face value that nobody gets, all
    of the bonus; `unclaimed` is the consumption beyond what was paid, which may not be claimed
    (article 20). `interest` is on `refund` for `days` (RND-I).
    """

    lot: LotId
    ground: Ground
    consumed: Money
    refund: Money
    rate: BasisPoints
    days: int
    interest: Money
    lapses: Money
    unclaimed: Money
    pay_by: date


@dataclass(frozen=True, slots=True)
class Closing:
    """The whole account: it is paid out at once, by the earliest of its days."""

    lots: tuple[LotClosing, ...]
    refund: Money
    interest: Money
    ways: frozenset[PayoutWay]
    pay_by: date

    @property
    def payout(self) -> Money:
        """Return what the consumer receives."""
        return self.refund + self.interest


def close_account(lots: Sequence[ClosingLot], wish: ClosingWish, programme: Programme) -> Closing:
    """Return what closing an account pays; each top-up is a contract of its own (D-22)."""
    closed = tuple(close_lot(lot, wish, programme) for lot in lots)
    refund = total_of([one.refund for one in closed])
    interest = total_of([one.interest for one in closed])
    ordinary = wish.ended_on + timedelta(days=programme.stored_value.ordinary_refund_within_days)
    return Closing(
        lots=closed,
        refund=refund,
        interest=interest,
        ways=payout_ways(refund + interest, programme),
        pay_by=min((one.pay_by for one in closed), default=ordinary),
    )


def close_lot(lot: ClosingLot, wish: ClosingWish, programme: Programme) -> LotClosing:
    """Return what one top-up gives back."""
    assert Money() <= lot.spent <= lot.paid + lot.bonus, "more was spent than a lot brought"
    rules = programme.stored_value
    ground = _ground(lot, wish, programme)
    refund = _refund(lot, ground)
    rate = BasisPoints(0) if ground is Ground.COOL_OFF else lot.rate
    days = max((wish.paid_out_on - wish.ended_on).days, 0)
    cooling = ground is Ground.COOL_OFF
    within = rules.cool_off_refund_within_days if cooling else rules.ordinary_refund_within_days
    return LotClosing(
        lot=lot.id,
        ground=ground,
        consumed=min(_consumed(lot, ground), lot.paid),
        refund=refund,
        rate=rate,
        days=days,
        interest=interest_on(refund, rate, days),
        lapses=lot.unused - refund,
        unclaimed=max(_consumed(lot, ground) - lot.paid, Money()),
        pay_by=wish.ended_on + timedelta(days=within),
    )


def interest_on(principal: Money, yearly: BasisPoints, days: int) -> Money:
    """Return simple interest by the day, rounded up (RND-I)."""
    return Money(-(-principal.minor * yearly.value * days // (10_000 * DAYS_OF_A_YEAR)))


def _ground(lot: ClosingLot, wish: ClosingWish, programme: Programme) -> Ground:
    rules = programme.stored_value
    cooling = (wish.ended_on - lot.paid_on).days <= rules.cool_off_days
    if cooling and not lot.spent and not wish.goods_known_before:
        return Ground.COOL_OFF
    if wish.cause is Cause.MERCHANT:
        return Ground.MERCHANT
    proportional = rules.refund_consumer_cause == "proportional"
    return Ground.PROPORTIONAL if proportional else Ground.CONSUMER


def _refund(lot: ClosingLot, ground: Ground) -> Money:
    """Return what is given back: in the member's favour to the fen, never below nothing."""
    if ground is Ground.COOL_OFF:
        return lot.paid
    if ground is Ground.CONSUMER:
        return max(lot.paid - _consumed(lot, ground), Money())
    whole = (lot.paid + lot.bonus).minor
    return Money(-(-lot.paid.minor * lot.unused.minor // whole)) if whole else Money()


def _consumed(lot: ClosingLot, ground: Ground) -> Money:
    """Return what the consumption counts as: by share of what was paid, or at list price."""
    if ground is Ground.CONSUMER:
        return max(lot.listed, lot.spent)
    return lot.paid - _refund(lot, ground)
