"""A till that pays without end and says, before and after, which payment it is at."""

import os
import random
from dataclasses import replace

from pos_app.ids import IntentId, MemberId
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.ledger.sales import Payment, pay
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money, Points
from pos_app.security.evidence import Evidence, sealed
from tests.shop import DOCUMENT, Shop, intent

TRYING, ACKNOWLEDGED = b"try", b"ack"
BETWEEN_PAYMENTS_H = 3  # within velocity and the day's count


def pay_until_killed(shop: Shop, member: MemberId, said: int, dice: random.Random) -> None:
    """Pay in cash, by points and by stored value; top up when there is too little."""
    while True:
        shop.clock.at = shop.ledger.now()
        shop.clock.go(hours=BETWEEN_PAYMENTS_H)
        wish = intent()
        os.write(said, TRYING + b" " + wish.hex.encode() + b"\n")
        _one(shop, member, wish, dice)
        os.write(said, ACKNOWLEDGED + b" " + wish.hex.encode() + b"\n")
        if dice.random() < 0.1:
            shop.ledger.tidy()


def _one(shop: Shop, member: MemberId, wish: IntentId, dice: random.Random) -> None:
    seen = open_member(shop.ledger, member)
    if seen.balance < Money(10_000):
        top_up(
            shop.ledger,
            TopUp(member, Money(20_000), Tender.CASH, shop.manager, wish, document=DOCUMENT),
        )
        return
    tender = dice.choice((Tender.CASH, Tender.WECHAT, Tender.STORED_VALUE))
    lines = (Line("Goods", Money(dice.randint(100, 3_000))), Line("More", Money(333), 3))
    order = Order(Basket(lines), tenders=(TenderAsk(tender),))
    if seen.points >= Points(100) and dice.random() < 0.3:
        order = replace(order, points=Points(100 * min(1, order.basket.listed.minor // 400)))
    shown = price(shop.ledger, order, member)
    payment = Payment(shop.manager, wish, member)
    if shown.stored_value:
        fact = Evidence("pin", member, shown.stored_value, wish, shop.ledger.now())
        payment = replace(payment, evidence=sealed(shop.ledger.capability_key, fact))
    pay(shop.ledger, shown, payment)
