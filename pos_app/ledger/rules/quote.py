"""The price of an order for a member at a moment: one answer, used wherever money is named."""

from dataclasses import dataclass
from datetime import date, datetime

from pos_app.clock import business_date
from pos_app.ids import CouponId
from pos_app.ledger.rules.basket import (
    Order,
    TenderShare,
    eligible_of,
    ensure_sellable,
    on_credit,
)
from pos_app.ledger.rules.combination import (
    Applied,
    Choice,
    Combination,
    choose,
    gift_value,
)
from pos_app.ledger.rules.coupon_scope import Candidate, Occasion, candidate_for
from pos_app.ledger.rules.coupons import CouponVerdict
from pos_app.ledger.rules.earning import Earning, earning_of
from pos_app.ledger.rules.gifts import gifts_of
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.payment import Payment, settle
from pos_app.ledger.rules.points import MultiplierReason, PointsBatch, expiry_of
from pos_app.ledger.rules.points_use import Redemption, redeem, with_gifts
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.standing import prices_for, standing_of
from pos_app.ledger.rules.units import (
    UnitRow,
    coupon_column,
    points_column,
    split_lines,
    unit_rows,
)
from pos_app.ledger.rules.verdicts import verdict_on
from pos_app.ledger.rules.wallet import LotSpend
from pos_app.money import BasisPoints, Growth, Money, Points, total_of

MEMBER_DAY = "member_day"


@dataclass(frozen=True, slots=True)
class CouponUse:
    """A used coupon: its saving, the declared value of its gift, its threshold over which lines."""

    coupon: CouponId
    template: str
    saves: Money
    valid_until: date
    gift: Money
    threshold: Money
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What else could be applied, MEMBER_DAY or a coupon template, and all that it would save."""

    name: str
    saves: Money


@dataclass(frozen=True, slots=True)
class Quote:
    """The whole answer. `due` is after coupons and points, before cash rounding."""

    programme: str
    order: Order
    listed: Money
    item_discount: Money
    goods: Money
    member_day: bool
    coupons: tuple[CouponUse, ...]
    coupon_discount: Money
    points: Points
    points_value: Money
    batches: tuple[PointsBatch, ...]
    most_points: Points
    due: Money
    lots: tuple[LotSpend, ...]
    principal: Money
    bonus: Money
    rounding: Money
    externals: tuple[TenderShare, ...]
    missing: Money
    units: tuple[UnitRow, ...]
    verdicts: tuple[CouponVerdict, ...]
    runner_up: Alternative | None
    eligible: Money
    multiplier: BasisPoints
    multiplier_reason: MultiplierReason
    earns: Points
    pending: Points
    grows: Growth
    earns_expire_on: date

    @property
    def stored_value(self) -> Money:
        """Return what the wallet pays."""
        return self.principal + self.bonus

    @property
    def credit(self) -> Money:
        """Return what is stored value spent early, beyond what is held here."""
        return on_credit(self.externals)

    @property
    def to_prove(self) -> Money:
        """Return what the member has to prove: all that their stored value pays, now or later."""
        return self.stored_value + self.credit

    @property
    def payable(self) -> Money:
        """Return what stored value and external tenders pay together once all is covered."""
        return self.due - self.rounding

    @property
    def saved(self) -> Money:
        """Return everything that the member does not have to pay."""
        return self.item_discount + self.coupon_discount + self.points_value + self.rounding


def quote(order: Order, holder: Holder | None, programme: Programme, at: datetime) -> Quote:
    """Price an order. Without a holder, or for a frozen one, there are no benefits.

    Points expire by the calendar day, everything else goes by the business day.
    Raises BasketRefused, GiftRefused, PointsRefused or NotCovered for wishes that cannot be met.
    """
    ensure_sellable(order.basket)
    local = at.astimezone(programme.zone)
    today = business_date(at, zone=programme.zone, cutover=programme.cutover)
    standing = standing_of(holder)
    occasion = Occasion(order, standing.tier, today, local.time(), benefits=standing.coupons)
    held = () if holder is None else holder.coupons
    candidates = [candidate_for(coupon, occasion, programme) for coupon in held]
    prices = prices_for(order, standing, today, programme)
    choice = choose(order, prices, candidates, programme.coupon)
    after_coupons = order.basket.listed - Money(choice.chosen.saves)
    gifts = gifts_of(order, standing, programme, today, local.date())
    base = after_coupons - gifts.goods
    own = redeem(order.points, base, gifts.standing, programme, local.date())
    points = with_gifts(own, gifts.points, gifts.value, standing.batches, local.date())
    due = after_coupons - points.value
    unit, credit = programme.rounding.cash_rounding_unit_fen, standing.credit
    payment = settle(due, order.tenders, standing.lots, unit, credit)
    eligible = eligible_of(payment.principal, payment.externals)
    return _assembled(
        _Priced(order, programme, choice, candidates, own.value, gifts.units),
        points,
        payment,
        earning_of(eligible, standing, today, programme),
        expiry_of(today, programme),
    )


@dataclass(frozen=True, slots=True)
class _Priced:
    order: Order
    programme: Programme
    choice: Choice
    candidates: list[Candidate]
    own_points: Money
    gifts: tuple[int, ...]


def _assembled(
    priced: _Priced, points: Redemption, payment: Payment, earning: Earning, expires_on: date
) -> Quote:
    order, rules, chosen = priced.order, priced.programme.coupon, priced.choice.chosen
    prices = chosen.stage.prices
    units = split_lines(prices.lines, order.basket)
    coupon = coupon_column(units, chosen)
    value = points_column(order.basket, units, coupon, priced.own_points, priced.gifts)
    goods, discount = Money(sum(prices.lines)), total_of(coupon)
    return Quote(
        programme=priced.programme.version,
        order=order,
        listed=order.basket.listed,
        item_discount=Money(prices.saved),
        goods=goods,
        member_day=prices.member_day,
        coupons=tuple(_use(applied) for applied in chosen.applied),
        coupon_discount=discount,
        points=points.points,
        points_value=points.value,
        batches=points.batches,
        most_points=points.most,
        due=goods - discount - points.value,
        lots=payment.lots,
        principal=payment.principal,
        bonus=payment.bonus,
        rounding=payment.rounding,
        externals=payment.externals,
        missing=payment.missing,
        units=unit_rows(order.basket, units, coupon, value, payment),
        verdicts=tuple(verdict_on(one, priced.choice, order, rules) for one in priced.candidates),
        runner_up=_alternative(priced.choice.runner_up),
        eligible=earning.eligible,
        multiplier=earning.multiplier,
        multiplier_reason=earning.reason,
        earns=earning.points.credited,
        pending=earning.points.pending,
        grows=earning.growth,
        earns_expire_on=expires_on,
    )


def _use(applied: Applied) -> CouponUse:
    candidate = applied.candidate
    return CouponUse(
        coupon=applied.id,
        template=candidate.held.template,
        saves=Money(applied.judged.saves),
        valid_until=candidate.held.valid_until,
        gift=Money(gift_value(candidate)),
        threshold=Money(candidate.template.threshold_fen),
        lines=candidate.lines,
    )


def _alternative(other: Combination | None) -> Alternative | None:
    return None if other is None else Alternative(other.code or MEMBER_DAY, Money(other.saves))
