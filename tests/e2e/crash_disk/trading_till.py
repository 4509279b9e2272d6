"""A till that does whatever comes: new members, top-ups, payments, returns and voids."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from pos_app.clock import business_date
from pos_app.ids import IntentId, MemberId
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.members import Consents, NewMember, register
from pos_app.ledger.refund_lookup import SaleSummary, sales_of
from pos_app.ledger.refunds import Refund, plan, refund
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.ledger.sales import Payment, pay
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money, Points
from tests.ledger.till_hand import proof
from tests.shop import DOCUMENT, Shop, intent

BETWEEN_WISHES_H = 3  # within velocity and the day's count
LOW_BALANCE, POINTS_STEP = Money(10_000), 100
Deed = Callable[[Shop], object]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants at the counter, once: done again, it is done no second time."""

    intent: IntentId
    fulfil: Deed


def next_wish(shop: Shop, dice: random.Random) -> Wish:
    """Let the next customer come, three hours later."""
    shop.clock.at = shop.ledger.now()
    shop.clock.go(hours=BETWEEN_WISHES_H)
    wish, kind = intent(), dice.random()
    if kind < 0.1:
        return Wish(wish, _registering(wish, dice))
    member = dice.choice(_members(shop))
    sold = [one for one in sales_of(shop.ledger, member, limit=5) if one.returned == "no"]
    if kind < 0.3 and sold:
        return Wish(wish, _returning(wish, dice.choice(sold), shop, dice))
    if open_member(shop.ledger, member).balance < LOW_BALANCE:
        fen = Money(dice.choice((10_000, 20_000, 50_000)))
        return Wish(
            wish,
            lambda at: top_up(
                at.ledger, TopUp(member, fen, Tender.CASH, at.manager, wish, document=DOCUMENT)
            ),
        )
    order = _order(shop, member, dice)
    return Wish(wish, lambda at: _sell(at, order, member, wish))


def _members(shop: Shop) -> list[MemberId]:
    found = shop.ledger.read().execute("SELECT id FROM member ORDER BY row")
    return [MemberId(UUID(bytes=member)) for (member,) in found]


def _registering(wish: IntentId, dice: random.Random) -> Deed:
    name = dice.choice(("王晓明", "欧阳娜娜", "Ann Lee")) * dice.randint(1, 2)
    new = NewMember(f"138{dice.randrange(10**8):08d}", Consents("2026-01"), name, note=name * 3)
    return lambda at: register(at.ledger, new, operator=at.manager, intent=wish)


def _returning(wish: IntentId, sold: SaleSummary, shop: Shop, dice: random.Random) -> Deed:
    sale, reason = sold.event_id, dice.choice(("quality", "changed_mind"))
    part = frozenset({0}) if sold.units > 1 and dice.random() < 0.5 else None
    rules, today = shop.ledger.programme, shop.ledger.today()
    same_day = business_date(sold.at, zone=rules.zone, cutover=rules.cutover) == today
    void = part is None and same_day and dice.random() < 0.5

    def give_back(at: Shop) -> object:
        shown = plan(at.ledger, sale, part)
        return refund(at.ledger, Refund(sale, part, shown, reason, at.manager, wish, void=void))

    return give_back


def _order(shop: Shop, member: MemberId, dice: random.Random) -> Order:
    more = [Line(f"Goods {n}", Money(111), n) for n in range(1, dice.randint(1, 12))]
    lines = (Line("Goods", Money(dice.randint(100, 2_500))), *more)
    tender = dice.choice((Tender.CASH, Tender.WECHAT, Tender.STORED_VALUE))
    order = Order(Basket(lines), tenders=(TenderAsk(tender),))
    seen = open_member(shop.ledger, member)
    if seen.points < Points(POINTS_STEP) or seen.debt or dice.random() < 0.7:
        return order
    return replace(order, points=Points(POINTS_STEP * min(1, order.basket.listed.minor // 400)))


def _sell(shop: Shop, order: Order, member: MemberId, wish: IntentId) -> object:
    shown = price(shop.ledger, order, member)
    payment = Payment(shop.manager, wish, member)
    if shown.stored_value:
        payment = replace(payment, evidence=proof(shop, member, shown.stored_value, wish))
    return pay(shop.ledger, shown, payment)
