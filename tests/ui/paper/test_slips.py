"""A slip says what the book says: every figure, nobody's whole number, no codes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pos_app.documents.rows import plain_text
from pos_app.language import speak
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.rules.basket import Basket, Line, Order
from pos_app.ledger.rules.closing import Cause
from pos_app.ledger.sales import pay
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money, Points
from pos_app.ui.paper.slips import Receipt, rows_of
from tests.fakes import FakeClock
from tests.ledger.closing_hand import DEPOSIT, close, terms
from tests.ledger.till_hand import CASH, STORED, WECHAT, amount, by, give_back, goods, ready, sell
from tests.shop import DOCUMENT, Shop, intent

PHONE = "13812340217"


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    speak("en")


def words(shop: Shop, receipt: Receipt) -> str:
    return plain_text(rows_of(receipt, shop.ledger.programme.zone))


def test_a_walk_ins_cash_slip_shows_what_was_given_and_what_came_back(shop: Shop) -> None:
    shown, payment = ready(shop, amount(12_867, CASH))
    receipt = pay(shop.ledger, shown, replace(payment, cash_received=Money(15_000)))

    told = words(shop, receipt)

    for line in (
        "徐家汇店",
        f"Slip no.  {receipt.stamp.slip}",
        "Time  2026-06-15 12:00:00",
        "Cashier no.  林晓雯 0001",
        "Rounding  −\u2009¥0.07",
        "Cash  ¥128.60",
        "Cash received  ¥150.00",
        "Change given  ¥21.40",
    ):
        assert line in told
    assert "Member" not in told
    assert "balance" not in told


def test_everything_that_moved_stands_on_a_members_slip(shop: Shop) -> None:
    member = shop.member(PHONE)
    shop.top_up(member, 50_000)
    sell(shop, amount(50_000), member)
    issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=intent())
    order = goods(9_990, (1_200, 2), tenders=by((STORED, 2_000), WECHAT))

    receipt = sell(shop, replace(order, points=Points(200)), member)
    told = words(shop, receipt)

    for line in (
        "138****0217",
        "Goods 1  2  ¥24.00",
        "200 points used  −\u2009¥2.00",
        "Stored value  ¥20.00",
        "WeChat Pay  ¥",
        "Stored value balance  ¥565.00",
        "Keep this slip for returns.",
        receipt.stamp.hash.hex()[:8],
    ):
        assert line in told
    assert PHONE not in told
    assert "王晓明" not in told


def test_a_member_day_is_named_with_its_percentage(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    sell(shop, amount(600_000), member)
    clock.go(days=13)  # the 28th
    cake = Line("巴斯克蛋糕", Money(10_000), designated=True)

    told = words(shop, sell(shop, Order(Basket((cake,)), tenders=by(WECHAT)), member))

    assert "Member day, pay 90 %  −\u2009¥10.00" in told
    assert "¥90.00" in told


def test_a_top_up_slip_shows_the_gift_and_the_law(shop: Shop) -> None:
    member = shop.member()
    receipt = top_up(
        shop.ledger, TopUp(member, Money(50_000), WECHAT, shop.manager, intent(), document=DOCUMENT)
    )

    told = words(shop, receipt)

    assert "First top-up" in told
    assert "¥500.00" in told
    assert "Unused principal is returned on request within 7 days." in told


def test_the_second_top_ups_gift_has_no_campaigns_name(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    again = TopUp(member, Money(50_000), WECHAT, shop.manager, intent(), document=DOCUMENT)

    told = words(shop, top_up(shop.ledger, again))

    assert "First top-up" not in told


def test_a_refund_slip_names_the_sale_the_reason_and_every_pocket(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    sale = sell(shop, goods(9_990, 1_200, tenders=by((STORED, 2_000), WECHAT)), member)

    told = words(shop, give_back(shop, sale, frozenset({0})))

    for line in (sale.stamp.slip, "Quality", "Stored value", "WeChat"):
        assert line in told


def test_a_void_and_a_refund_are_different_slips(shop: Shop) -> None:
    first, second = sell(shop, amount(1_000)), sell(shop, amount(1_000))

    void = words(shop, give_back(shop, first, void=True))
    refund = words(shop, give_back(shop, second))

    assert "Void" in void
    assert "Void" not in refund
    assert "Stored value" not in refund


def test_only_a_reprint_says_that_it_is_one_and_when(shop: Shop, clock: FakeClock) -> None:
    receipt = sell(shop, amount(1_000))
    clock.go(hours=2)
    zone = shop.ledger.programme.zone

    told = plain_text(rows_of(receipt, zone, shop.ledger.now()))
    speak("zh_CN")
    chinese = plain_text(rows_of(receipt, zone, shop.ledger.now()))

    assert "REPRINT 2026-06-15 14:00:00" in told
    assert "REPRINT" not in words(shop, receipt)
    assert "补打" in chinese
    assert "补打" not in words(shop, receipt)


def test_a_closing_slip_derives_what_is_paid(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 100_000)
    sell(shop, amount(46_000, STORED), member)
    shop.clock.go(days=30)

    _, receipt = close(shop, member, terms(shop, Cause.CONSUMER, DEPOSIT, days_ago=15))
    told = words(shop, receipt)

    for line in (
        "Account closing slip",
        "Cause  The member's wish",
        "Topped up on 2026-06-15  ¥1,000.00",
        "Consumed  −\u2009¥460.00",
        "Interest, 1.50 % × 15 days  ¥0.34",
        "Paid out  ¥540.34",
        "Paid out by  Bank account *4321",
        "Art. 19: the member's wish, consumption at full price.",
        "Signed by the member",
    ):
        assert line in told
