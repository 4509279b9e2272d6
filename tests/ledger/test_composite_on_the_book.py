"""The composite order of the worked examples, and its way home, on the real ledger to the fen."""

from dataclasses import replace
from datetime import date

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.counter import open_member
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.basket import TenderShare
from pos_app.ledger.rules.points import PointsBatch
from pos_app.money import Growth, Money, Points
from tests.fakes import FakeClock
from tests.ledger.till_hand import (
    STORED,
    WECHAT,
    OpenShop,
    amount,
    batches,
    by,
    give_back,
    goods,
    lots,
    noon,
    sell,
)
from tests.shop import Shop, intent

UNITS = "SELECT goods, coupon, points, principal, bonus, external FROM sale_unit WHERE seq = ?"
D06_ROWS = [
    (19_900, 2_565, 1_334, 9_161, 1_099, 5_741),
    (4_300, 555, 288, 1_979, 238, 1_240),
    (4_300, 554, 288, 1_980, 238, 1_240),
    (4_300, 554, 288, 1_980, 237, 1_241),
    (5_990, 772, 402, 2_757, 331, 1_728),
]


@pytest.fixture
def composite(opening: OpenShop, clock: FakeClock) -> tuple[Shop, MemberId, SaleReceipt]:
    """Take the composite order of D-06; the daily cap leaves the batches that it begins with."""
    shop = opening("2024-03-15", daily_earn_cap="1200")
    member = shop.member()
    assert sell(shop, amount(500_000), member).tier_up == "银卡会员"
    for day, fen in (("2024-08-15", 90_000), ("2025-05-10", 120_000), ("2025-05-11", 80_000)):
        clock.at = noon(day)
        sell(shop, amount(fen), member)
    clock.at = noon("2026-03-07")
    issue(shop.ledger, member, "M300-50", operator=shop.manager, intent=intent())
    shop.top_up(member, 50_000)
    clock.go(minutes=1)
    shop.top_up(member, 100_000)
    clock.at = noon("2026-03-10")
    assert batches(shop, member) == {"2026-03-31": 1_200, "2026-08-31": 900, "2027-05-31": 2_000}
    order = goods(19_900, (4_300, 3), 5_990, tenders=by((STORED, 20_000), WECHAT))
    return shop, member, sell(shop, replace(order, points=Points(2_600)), member)


def test_d06_the_composite_checkout(composite: tuple[Shop, MemberId, SaleReceipt]) -> None:
    shop, member, sale = composite

    assert shop.ledger.read().execute(UNITS, (sale.stamp.seq,)).fetchall() == D06_ROWS
    assert sale.payable == Money(31_190)
    assert (sale.principal, sale.bonus) == (Money(17_857), Money(2_143))
    assert sale.externals == (TenderShare(WECHAT, Money(11_190)),)
    assert (sale.earned, sale.grown) == (Points(290), Growth(58))
    assert batches(shop, member) == {"2027-05-31": 1_500, "2028-03-31": 290}
    assert lots(shop, member) == [(32_143, 3_857), (100_000, 15_000)]


def test_d07_two_of_three_units_come_back(composite: tuple[Shop, MemberId, SaleReceipt]) -> None:
    shop, member, sale = composite
    growth = open_member(shop.ledger, member).growth

    back = give_back(shop, sale, frozenset({1, 2}))

    assert back.externals == (TenderShare(WECHAT, Money(2_480)),)
    assert (back.principal, back.bonus) == (Money(3_959), Money(476))
    assert (back.points_back, back.clawback) == (Points(576), Points(64))
    assert back.coupons_back == ()
    assert batches(shop, member) == {"2026-08-31": 76, "2027-05-31": 2_000, "2028-03-31": 226}
    assert lots(shop, member) == [(36_102, 4_333), (100_000, 15_000)]
    assert open_member(shop.ledger, member).growth == growth - Growth(13)


def test_d08_the_next_two_units_come_back(composite: tuple[Shop, MemberId, SaleReceipt]) -> None:
    shop, member, sale = composite
    give_back(shop, sale, frozenset({1, 2}))
    growth = open_member(shop.ledger, member).growth

    back = give_back(shop, sale, frozenset({3, 4}))

    assert back.externals == (TenderShare(WECHAT, Money(2_969)),)
    assert (back.principal, back.bonus) == (Money(4_737), Money(568))
    assert (back.points_back, back.clawback) == (Points(690), Points(77))
    assert batches(shop, member) == {"2026-08-31": 766, "2027-05-31": 2_000, "2028-03-31": 149}
    assert open_member(shop.ledger, member).growth == growth - Growth(16)
    assert open_member(shop.ledger, member).coupons == ()
    stands = shop.ledger.read().execute(
        "SELECT CAST(payload AS TEXT) ->> '$.body.stands' FROM journal WHERE seq = ?",
        (back.stamp.seq,),
    )
    assert stands.fetchone() == ('{"growth":29,"points":149,"spend":14902}',)


def test_d09_in_the_end_everything_is_home(
    composite: tuple[Shop, MemberId, SaleReceipt], clock: FakeClock
) -> None:
    shop, member, sale = composite
    first = give_back(shop, sale, frozenset({1, 2}))
    second = give_back(shop, sale, frozenset({3, 4}))
    clock.at = noon("2026-04-10")
    growth = open_member(shop.ledger, member).growth

    last = give_back(shop, sale)

    backs = (first, second, last)
    assert last.externals == (TenderShare(WECHAT, Money(5_741)),)
    assert (last.principal, last.bonus) == (Money(9_161), Money(1_099))
    assert (last.points_back, last.clawback) == (Points(1_334), Points(149))
    assert sum(back.clawback.minor for back in backs) == 290
    assert sum(back.points_back.minor for back in backs) == 2_600
    assert batches(shop, member) == {"2026-05-10": 1_200, "2026-08-31": 900, "2027-05-31": 2_000}
    assert lots(shop, member) == [(50_000, 6_000), (100_000, 15_000)]
    assert open_member(shop.ledger, member).growth == growth - Growth(29)
    (coupon,) = open_member(shop.ledger, member).coupons
    assert (coupon.template, coupon.valid_until) == ("M300-50", date(2026, 4, 17))


def test_points_expire_first_in_first_out(
    composite: tuple[Shop, MemberId, SaleReceipt], clock: FakeClock
) -> None:
    shop, member, sale = composite
    give_back(shop, sale)
    clock.at = noon("2026-04-01")

    seen = open_member(shop.ledger, member)

    assert seen.points == Points(2_900)
    assert seen.next_expiry == PointsBatch(date(2026, 8, 31), Points(900))
