"""A day on which everything happens that the ledger knows, so that nothing goes unchecked."""

from dataclasses import replace

from pos_app.ids import MemberId
from pos_app.ledger.coupon_issue import issue
from pos_app.money import Money, Points
from tests.ledger.till_hand import CASH, STORED, WECHAT, amount, by, give_back, goods, sell
from tests.shop import Shop, intent


def busy_day(shop: Shop) -> MemberId:
    """Do business with one member and passers-by; the last event is a sale."""
    member = shop.member()
    shop.top_up(member, 50_000)
    shop.clock.go(minutes=1)
    shop.top_up(member, 20_000, CASH)
    sell(shop, amount(500_000), member)
    for template in ("M300-50", "NEW5"):
        issue(shop.ledger, member, template, operator=shop.manager, intent=intent())
    order = goods(19_900, (4_300, 3), 5_990, tenders=by((STORED, 20_000), WECHAT))
    composite = sell(shop, replace(order, points=Points(2_600)), member)
    give_back(shop, composite, frozenset({1, 2}))
    give_back(shop, sell(shop, amount(2_005, CASH)), void=True)
    give_back(shop, sell(shop, amount(10_000, CASH), member), Money(3_000))
    sell(shop, amount(3_000, STORED), member)
    sell(shop, goods(1_999, (333, 3), tenders=by((STORED, 1_000), CASH)), member)
    return member
