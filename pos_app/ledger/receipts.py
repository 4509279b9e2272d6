"""What a slip tells, read back from one committed event and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_app.ids import EventId, NodeId
from pos_app.ledger.counter import CouponCard
from pos_app.ledger.rules.basket import Tender, TenderShare
from pos_app.ledger.rules.closing import Cause, Ground
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.prepaid_law import PayoutWay
from pos_app.money import BasisPoints, Growth, Money, Points

NOTHING = Money()


@dataclass(frozen=True, slots=True)
class MemberOnSlip:
    """Who it was, masked as paper may show it."""

    masked_name: str
    masked_phone: str
    number: str
    tier_name: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, where, by whom, and the place in the chain that proves it."""

    seq: int
    event_id: EventId
    slip: str
    at: datetime
    business_date: date
    store_name: str
    terminal_name: str
    operator_number: str
    operator_name: str
    member: MemberOnSlip | None
    hash: bytes
    node: NodeId
    epoch: int


@dataclass(frozen=True, slots=True)
class LineOnSlip:
    """One article as sold, at its list price."""

    title: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class CouponOnSlip:
    """A coupon that was used, and what it took off."""

    card: CouponCard
    saves: Money


@dataclass(frozen=True, slots=True)
class After:
    """What the member holds once the event is done."""

    principal: Money
    bonus: Money
    points: Points
    next_expiry: PointsBatch | None


@dataclass(frozen=True, slots=True)
class SaleReceipt:
    """A sale: every figure as it was committed."""

    stamp: Stamp
    lines: tuple[LineOnSlip, ...]
    listed: Money
    item_discount: Money
    tier_pct: int
    coupons: tuple[CouponOnSlip, ...]
    points: Points
    points_value: Money
    rounding: Money
    payable: Money
    principal: Money
    bonus: Money
    externals: tuple[TenderShare, ...]
    cash_received: Money | None
    change: Money | None
    earned: Points
    pending: Points
    grown: Growth
    tier_up: str | None
    after: After | None


@dataclass(frozen=True, slots=True)
class TopUpReceipt:
    """A top-up: what was paid in and what came on top."""

    stamp: Stamp
    amount: Money
    bonus: Money
    tender: Tender
    campaign: str
    after: After


@dataclass(frozen=True, slots=True)
class RefundReceipt:
    """A refund or void: where every fen went."""

    stamp: Stamp
    original_slip: str
    void: bool
    reason: str
    money: Money
    externals: tuple[TenderShare, ...]
    principal: Money
    bonus: Money
    points_back: Points
    clawback: Points
    debt: Points
    coupons_back: tuple[CouponCard, ...]
    after: After | None
    kept_for_points: Money = NOTHING
    kept_for_gifts: Money = NOTHING


@dataclass(frozen=True, slots=True)
class LotOnSlip:
    """One top-up of a closed account, and how what is given back was found."""

    paid_on: date
    paid: Money
    bonus: Money
    ground: Ground
    consumed: Money
    refund: Money
    cancelled: Money
    rate: BasisPoints
    days: int
    interest: Money


@dataclass(frozen=True, slots=True)
class ClosingReceipt:
    """A closed account: lot by lot, and where the money went."""

    stamp: Stamp
    cause: Cause
    ended_on: date
    lots: tuple[LotOnSlip, ...]
    refund: Money
    interest: Money
    payout: Money
    kept: Money
    cancelled: Money
    way: PayoutWay
    account_tail: str
    pay_by: date
    after: After
