"""An operator's day: counted from the events, and only their own."""

from pos_app.ledger.today import Today, of_operator
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money
from tests.fakes import FakeClock
from tests.ledger.till_hand import CASH, STORED, WECHAT, amount, by, give_back, goods, sell
from tests.people import cashier
from tests.shop import DOCUMENT, Shop, intent

NOTHING = Today(0, Money(), 0, Money(), 0, Money(), Money())


def test_a_day_begins_with_nothing(shop: Shop) -> None:
    assert of_operator(shop.ledger, shop.manager) == NOTHING


def test_sales_top_ups_and_returns_are_counted_and_cash_is_what_the_till_holds(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000, CASH)
    sell(shop, goods(10_007, tenders=by(CASH)), member)
    mixed = sell(shop, goods(5_000, 2_000, tenders=by((STORED, 3_000), CASH)), member)
    sell(shop, amount(800))
    back = give_back(shop, mixed, frozenset({1}))

    day = of_operator(shop.ledger, shop.manager)

    assert (day.orders, day.sales) == (3, Money(10_000 + 7_000 + 800))
    assert (day.top_ups, day.top_up_sum) == (1, Money(50_000))
    assert (day.refunds, day.refund_sum) == (1, Money(2_000))
    cash_back = sum(share.amount.minor for share in back.externals)
    assert day.cash_in == Money(50_000 + 10_000 + 4_000 - cash_back)


def test_a_void_is_a_return(shop: Shop) -> None:
    give_back(shop, sell(shop, amount(1_000, CASH)), void=True)

    day = of_operator(shop.ledger, shop.manager)

    assert (day.orders, day.refunds, day.cash_in) == (1, 1, Money())


def test_what_another_operator_took_is_theirs(shop: Shop) -> None:
    member, other = shop.member(), cashier(shop)
    top_up(shop.ledger, TopUp(member, Money(20_000), WECHAT, other, intent(), document=DOCUMENT))

    assert of_operator(shop.ledger, shop.manager) == NOTHING
    assert of_operator(shop.ledger, other).top_up_sum == Money(20_000)


def test_until_four_in_the_morning_it_is_still_the_same_day(shop: Shop, clock: FakeClock) -> None:
    clock.go(hours=15, minutes=59)
    sell(shop, amount(1_000))

    before = of_operator(shop.ledger, shop.manager)
    clock.go(minutes=1)

    assert before.orders == 1
    assert of_operator(shop.ledger, shop.manager) == NOTHING
