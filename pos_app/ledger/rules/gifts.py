"""The gift catalogue: what is paid in points, or in points and money, and why it cannot be had."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pos_app.errors import PosError
from pos_app.ledger.rules.basket import NO_POINTS, Line, Order
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.points import PointsBatch, redeem_batches, usable_points
from pos_app.ledger.rules.points_and_cash import MixedPrice, PriceReason, can_pay, worth
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.programme_benefits import PointsGift
from pos_app.ledger.rules.standing import Standing, standing_of
from pos_app.money import Money, Points


class GiftReason(StrEnum):
    """Why something of the catalogue cannot be had."""

    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    OVER = "over"
    OUT_OF_STOCK = "out_of_stock"
    NOT_PERMITTED = "not_permitted"
    LIMIT = "limit"
    IN_DEBT = "in_debt"
    BALANCE = "balance"


@dataclass(eq=False)
class GiftRefused(PosError):
    """Something of the catalogue that this order cannot have; `missing` points, or owed ones."""

    code: str
    reason: GiftReason
    missing: Points


@dataclass(frozen=True, slots=True)
class GiftOffer:
    """One of the catalogue, and why it cannot be had; no reason where it can."""

    gift: PointsGift
    reason: GiftReason | None
    missing: Points


@dataclass(frozen=True, slots=True)
class GiftPart:
    """What an order's gifts take: points, their batches, the money that they are worth.

    `units` are the fen that points pay of one unit, by line; `goods` is the worth of those lines.
    `standing` is the member with what these points leave.
    """

    points: Points
    value: Money
    goods: Money
    units: tuple[int, ...]
    standing: Standing


def gift_line(gift: PointsGift, quantity: int, programme: Programme) -> Line:
    """Return so many of a gift as a line of an order."""
    return Line(gift.name, worth(price_of(gift), programme), quantity, gift=gift.code)


def price_of(gift: PointsGift) -> MixedPrice:
    """Return both parts of the price of one."""
    return MixedPrice(Points(gift.points), Money(gift.cash_fen))


def offers(
    order: Order, holder: Holder | None, programme: Programme, business_day: date, today: date
) -> tuple[GiftOffer, ...]:
    """Return the whole catalogue, each with why one more of it cannot be added to an order.

    Gifts are there by the business day; points run out by the calendar day.
    """
    days = (business_day, today)
    return tuple(
        _answer(gift, 1, order, standing_of(holder), (programme, days))
        for gift in programme.points.gift
    )


def gifts_of(
    order: Order, standing: Standing, programme: Programme, business_day: date, today: date
) -> GiftPart:
    """Price an order's gifts. Raises GiftRefused for the first that cannot be had."""
    lines = order.basket.lines
    if not any(line.gift for line in lines):
        return GiftPart(NO_POINTS, Money(), Money(), (), standing)
    known = {gift.code: gift for gift in programme.points.gift}
    for line in lines:
        if line.gift:
            _ensure_had(line, known, order, standing, (programme, (business_day, today)))
    each = [known[line.gift].points if line.gift else 0 for line in lines]
    points = _points_in(order, known)
    return GiftPart(
        points=points,
        value=Money(points.minor * programme.points.value_fen),
        goods=Money(sum(line.listed.minor for line in lines if line.gift)),
        units=tuple(one * programme.points.value_fen for one in each),
        standing=_without(standing, points, today),
    )


_Rules = tuple[Programme, tuple[date, date]]


def _ensure_had(
    line: Line, known: dict[str, PointsGift], order: Order, standing: Standing, rules: _Rules
) -> None:
    gift = known.get(line.gift)
    if gift is None or line.unit_price != worth(price_of(gift), rules[0]):
        raise GiftRefused(line.gift, GiftReason.UNKNOWN, NO_POINTS)
    answer = _answer(gift, 0, order, standing, rules)
    if answer.reason is not None:
        raise GiftRefused(line.gift, answer.reason, answer.missing)


def _answer(
    gift: PointsGift, more: int, order: Order, standing: Standing, rules: _Rules
) -> GiftOffer:
    """Say whether an order may have its gifts, and so many more of one."""
    reason = next(_forbidding(gift, more, order, standing, rules), None)
    if reason is not None:
        return GiftOffer(gift, reason, NO_POINTS)
    programme, (_business_day, today) = rules
    known = {one.code: one for one in programme.points.gift}
    wanted = _points_in(order, known)
    if more:
        wanted += Points(gift.points).times(more) + order.points
    debt = NO_POINTS if standing.holder is None else standing.holder.debt
    paid = can_pay(MixedPrice(wanted, Money()), usable_points(standing.batches, today), debt)
    broken = None if paid.reason is PriceReason.NONE else GiftReason(paid.reason.value)
    return GiftOffer(gift, broken, paid.missing)


def _forbidding(
    gift: PointsGift, more: int, order: Order, standing: Standing, rules: _Rules
) -> Iterator[GiftReason]:
    _programme, (business_day, _today) = rules
    if gift.first_day is not None and business_day < gift.first_day:
        yield GiftReason.NOT_YET
    if gift.last_day is not None and business_day > gift.last_day:
        yield GiftReason.OVER
    if gift.code in order.out_of_stock:
        yield GiftReason.OUT_OF_STOCK
    if standing.holder is None or not standing.points:
        yield GiftReason.NOT_PERMITTED
    elif gift.per_member is not None:
        had = dict(standing.holder.gifts_had).get(gift.code, 0)
        if had + _counted(order)[gift.code] + more > gift.per_member:
            yield GiftReason.LIMIT


def _counted(order: Order) -> Counter[str]:
    counted: Counter[str] = Counter()
    for line in order.basket.lines:
        counted[line.gift] += line.quantity
    return counted


def _points_in(order: Order, known: dict[str, PointsGift]) -> Points:
    lines = (line for line in order.basket.lines if line.gift in known)
    return Points(sum(known[line.gift].points * line.quantity for line in lines))


def _without(standing: Standing, points: Points, today: date) -> Standing:
    """Return the member without what the gifts take, the first to run out first."""
    holder = standing.holder
    assert holder is not None, "somebody has the points"
    taken = {one.expires_on: one.points for one in redeem_batches(holder.batches, points, today)}
    left = tuple(
        PointsBatch(one.expires_on, one.points - taken.pop(one.expires_on, NO_POINTS))
        for one in holder.batches
    )
    return replace(standing, holder=replace(holder, batches=left))
