"""The worked examples of the programme on the real ledger, through the use cases, to the fen."""

from dataclasses import replace

import pytest

from pos_app.ledger.counter import open_member, price
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.rules.basket import Order, Tender, TenderShare
from pos_app.ledger.rules.coupons import Unused
from pos_app.ledger.rules.points_use import PointsRefused
from pos_app.ledger.rules.topup import TopUpRefused
from pos_app.ledger.topups import offer
from pos_app.money import Growth, Money, Points
from tests.fakes import FakeClock
from tests.ledger.till_hand import (
    CASH,
    STORED,
    WECHAT,
    OpenShop,
    amount,
    by,
    give_back,
    goods,
    lots,
    noon,
    sell,
)
from tests.shop import intent


def test_d01_plain_cash_sale(opening: OpenShop) -> None:
    shop = opening("2026-03-10")
    member = shop.member()

    receipt = sell(shop, goods(12_867, tenders=by(CASH)), member)

    assert receipt.rounding == Money(7)
    assert receipt.payable == Money(12_860)
    assert (receipt.earned, receipt.grown) == (Points(128), Growth(25))
    kept = shop.ledger.read().execute(
        "SELECT b.amount FROM balance b JOIN account a ON a.id = b.account WHERE a.code = ?",
        ("rounding:S001",),
    )
    assert kept.fetchone() == (-7,)


@pytest.mark.parametrize("tender", [Tender.WECHAT, Tender.ALIPAY, Tender.STORED_VALUE])
def test_d02_electronic_tenders_are_exact(opening: OpenShop, tender: Tender) -> None:
    shop = opening("2026-03-10")
    member = shop.member()
    shop.top_up(member, 20_000)

    assert sell(shop, goods(10_787, tenders=by(tender)), member).payable == Money(10_787)


def test_d02_cash_is_rounded_down_and_only_the_cash_part(opening: OpenShop) -> None:
    shop = opening("2026-03-10")
    member = shop.member()
    shop.top_up(member, 20_000)

    cash = sell(shop, goods(10_787, tenders=by(CASH)))
    mixed = sell(shop, goods(10_787, tenders=by((STORED, 10_000), CASH)), member)

    assert cash.externals == (TenderShare(CASH, Money(10_780)),)
    assert mixed.principal + mixed.bonus == Money(10_000)
    assert mixed.externals == (TenderShare(CASH, Money(780)),)
    assert mixed.rounding == Money(7)


def test_d03_the_ladder_is_climbed_greedily(opening: OpenShop) -> None:
    shop = opening("2026-03-10")
    member = shop.member()

    shop.top_up(member, 168_000)

    assert lots(shop, member) == [(168_000, 22_000)]


def test_d03_the_cap_is_checked_before_the_money_is_taken(opening: OpenShop) -> None:
    shop = opening("2026-03-10")
    member = shop.member()
    for fen in (105_000, 105_000, 50_000, 50_000):
        shop.top_up(member, fen)
    seen = open_member(shop.ledger, member)
    assert (seen.principal, seen.bonus) == (Money(310_000), Money(42_000))

    with pytest.raises(TopUpRefused) as refused:
        shop.top_up(member, 150_000)

    assert refused.value.rule.value == "SV_LIMIT_NAMED"
    assert refused.value.most == Money(130_000)
    assert open_member(shop.ledger, member).balance == Money(352_000)
    accepted = offer(shop.ledger, member, Money(130_000))
    assert (accepted.bonus, accepted.total_after) == (Money(18_000), Money(500_000))


def test_d05_a_payment_crosses_two_lots(opening: OpenShop, clock: FakeClock) -> None:
    shop = opening("2026-03-10")
    member = shop.member()
    shop.top_up(member, 50_000)
    clock.go(minutes=1)
    shop.top_up(member, 100_000)

    receipt = sell(shop, goods(60_000, tenders=by(STORED)), member)

    assert (receipt.principal, receipt.bonus) == (Money(53_478), Money(6_522))
    assert lots(shop, member) == [(96_522, 14_478)]
    assert (receipt.earned, receipt.grown) == (Points(534), Growth(106))


def test_d10_points_already_spent_become_a_debt(opening: OpenShop) -> None:
    shop = opening("2026-03-10", redeem_max_pct_bp="10000")
    member = shop.member()
    first = sell(shop, amount(50_000), member)
    sell(shop, replace(amount(500), points=Points(500)), member)
    assert open_member(shop.ledger, member).points == Points(0)

    back = give_back(shop, first)

    assert back.externals == (TenderShare(WECHAT, Money(50_000)),)
    assert (back.clawback, back.debt) == (Points(500), Points(500))
    assert open_member(shop.ledger, member).points == Points(-500)
    with pytest.raises(PointsRefused):
        price(shop.ledger, replace(amount(1_000), points=Points(100)), member)
    sell(shop, amount(32_000), member)
    assert open_member(shop.ledger, member).points == Points(-180)


def test_d10_or_their_value_is_kept_back(opening: OpenShop) -> None:
    shop = opening("2026-03-10", redeem_max_pct_bp="10000", clawback_shortfall='"deduct_refund"')
    member = shop.member()
    first = sell(shop, amount(50_000), member)
    sell(shop, replace(amount(500), points=Points(500)), member)

    back = give_back(shop, first)

    assert back.externals == (TenderShare(WECHAT, Money(49_500)),)
    seen = open_member(shop.ledger, member)
    assert (seen.points, seen.debt) == (Points(0), Points(0))


@pytest.mark.parametrize(
    ("spent", "due", "by_day"), [(2_000_000, 26_384, True), (500_000, 27_980, False)]
)
def test_d12_member_day_or_coupon_whichever_is_cheaper(
    opening: OpenShop, clock: FakeClock, spent: int, due: int, *, by_day: bool
) -> None:
    shop = opening("2026-03-20")
    member = shop.member()
    sell(shop, amount(spent), member)
    issue(shop.ledger, member, "M300-50", operator=shop.manager, intent=intent())
    clock.at = noon("2026-03-28")

    receipt = sell(shop, goods(23_990, 8_990), member)

    assert receipt.payable == Money(due)
    assert bool(receipt.item_discount) is by_day
    assert len(receipt.coupons) == int(not by_day)
    assert receipt.tier_pct == (80 if by_day else 100)


def test_d12_below_the_threshold_by_the_members_day(opening: OpenShop, clock: FakeClock) -> None:
    shop = opening("2026-03-20", exclusive_with_member_day="false")
    member = shop.member()
    sell(shop, amount(500_000), member)
    issue(shop.ledger, member, "M300-50", operator=shop.manager, intent=intent())
    clock.at = noon("2026-03-28")
    order: Order = replace(goods(23_990, 8_990), member_day=True)

    shown = price(shop.ledger, order, member)

    assert shown.goods == Money(29_682)
    assert [verdict.reason for verdict in shown.verdicts] == [Unused.BELOW_THRESHOLD]


def test_d16_half_a_million_fen_make_a_silver_member_at_once(opening: OpenShop) -> None:
    shop = opening("2026-03-10")
    member = shop.member()

    almost = sell(shop, amount(499_999), member)
    tier_before = open_member(shop.ledger, member).tier
    reached = sell(shop, amount(1), member)

    assert (almost.tier_up, tier_before) == (None, "BASE")
    assert reached.tier_up == "银卡会员"
    assert open_member(shop.ledger, member).tier == "SILVER"


def test_d16_benefits_begin_with_the_next_order(opening: OpenShop) -> None:
    shop = opening("2026-03-28")
    member = shop.member()

    lifting = sell(shop, amount(500_000), member)
    following = sell(shop, amount(10_000), member)

    assert (lifting.payable, following.payable) == (Money(500_000), Money(9_000))


@pytest.mark.parametrize(
    ("units", "tier", "spend", "growth"),
    [({0, 1}, "BASE", 490_000, 980), ({0}, "SILVER", 505_000, 1_010)],
)
def test_d18_an_upgrade_goes_with_the_order_that_caused_it(
    opening: OpenShop, units: set[int], tier: str, spend: int, growth: int
) -> None:
    shop = opening("2026-03-10")
    member = shop.member()
    sell(shop, amount(460_000), member)
    before = open_member(shop.ledger, member)
    order = sell(shop, goods((15_000, 4)), member)
    lifted = open_member(shop.ledger, member)

    give_back(shop, order, frozenset(units))

    seen = open_member(shop.ledger, member)
    assert (before.spend, before.growth, before.tier) == (Money(460_000), Growth(920), "BASE")
    assert (lifted.spend, lifted.growth, lifted.tier) == (Money(520_000), Growth(1_040), "SILVER")
    assert (seen.tier, seen.spend, seen.growth) == (tier, Money(spend), Growth(growth))
