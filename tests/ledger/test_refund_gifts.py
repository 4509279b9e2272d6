"""Gifts and short points in returns on the real book."""

from dataclasses import replace

import pytest

from pos_app.ids import CouponId, MemberId
from pos_app.ledger.counter import open_member
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.receipts import RefundReceipt, SaleReceipt
from pos_app.ledger.refunds import ReasonWanted, Refund, plan, refund
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.refund_gifts import GiftEnd
from pos_app.ledger.rules.refund_selection import KeptCostsAll
from pos_app.ledger.rules.shortage import Settlement, shortage
from pos_app.ledger.store import journal
from pos_app.money import Money, Points
from tests.ledger.till_hand import (
    STORED,
    Consent,
    OpenShop,
    amount,
    approval,
    by,
    give_back,
    goods,
    sell,
)
from tests.people import cashier
from tests.shop import Shop, intent


@pytest.fixture
def member(shop: Shop) -> MemberId:
    return shop.member()


@pytest.fixture
def gift(shop: Shop, member: MemberId) -> CouponId:
    return issue(shop.ledger, member, "G200", operator=shop.manager, intent=intent())


@pytest.fixture
def sale(shop: Shop, member: MemberId, gift: CouponId) -> SaleReceipt:
    assert gift.int
    return sell(shop, goods(12_000, 12_000), member)


def wish(shop: Shop, sale: SaleReceipt, ends: dict[CouponId, GiftEnd], waiver: str = "") -> Refund:
    event, first = sale.stamp.event_id, frozenset({0})
    shown = plan(shop.ledger, event, first, ends)
    return Refund(event, first, shown, "quality", shop.manager, intent(), waiver=waiver)


def body_of(shop: Shop, receipt: RefundReceipt) -> dict[str, object]:
    event = journal.event_by_id(shop.ledger.read(), receipt.stamp.event_id)
    assert event is not None
    return dict(event.body)


def test_the_value_of_a_gift_that_is_kept_is_deducted(
    shop: Shop, sale: SaleReceipt, gift: CouponId
) -> None:
    receipt = refund(shop.ledger, wish(shop, sale, {gift: GiftEnd.KEPT}))

    assert (receipt.money, receipt.kept_for_gifts) == (Money(7_000), Money(5_000))
    assert body_of(shop, receipt)["gifts_due"] == [
        {"coupon": str(gift), "template": "G200", "value": 5_000, "end": "kept"}
    ]


def test_a_gift_is_waived_with_a_reason_that_is_journalled(
    shop: Shop, sale: SaleReceipt, gift: CouponId
) -> None:
    with pytest.raises(ReasonWanted):
        refund(shop.ledger, wish(shop, sale, {gift: GiftEnd.WAIVED}))

    receipt = refund(shop.ledger, wish(shop, sale, {gift: GiftEnd.WAIVED}, "goodwill"))

    assert receipt.money == Money(12_000)
    assert body_of(shop, receipt)["waiver"] == "goodwill"


def test_a_cashier_waives_no_gift_alone_not_even_in_a_small_void(
    shop: Shop, member: MemberId, gift: CouponId
) -> None:
    seller = cashier(shop)
    sale = sell(replace(shop, manager=seller), goods(20_000), member)
    event, ends = sale.stamp.event_id, {gift: GiftEnd.WAIVED}
    shown = plan(shop.ledger, event, None, ends)
    void = Refund(
        event, None, shown, "wrong_item", seller, intent(), void=True, waiver="our_mistake"
    )

    with pytest.raises(NeedsApproval) as needed:
        refund(shop.ledger, void)
    consent = Consent(Act.REFUND, needed.value.amount, void.intent, seller, shop.manager)
    receipt = refund(shop.ledger, replace(void, approval=approval(shop, consent)))

    assert receipt.void
    assert receipt.coupons_back == ()


def test_d10_both_ways_to_settle_spent_points_are_known_before_anything_is_committed(
    opening: OpenShop,
) -> None:
    shop = opening("2026-03-10", redeem_max_pct_bp="10000")
    member = shop.member()
    first = sell(shop, amount(50_000), member)
    sell(shop, replace(amount(500), points=Points(500)), member)

    short = shortage(plan(shop.ledger, first.stamp.event_id, None), shop.ledger.programme.points)

    assert short is not None
    assert (short.points, short.deducts) == (Points(500), False)
    assert short.owing == Settlement(Money(50_000), Points(500))
    assert short.deducting == Settlement(Money(49_500), Points(0))


def test_priced_anew_the_kept_part_is_paid_for_or_nothing_comes_back(opening: OpenShop) -> None:
    shop = opening("2026-03-10", partial_refund_mode='"recompute"')
    member = shop.member()
    issue(shop.ledger, member, "M300-50", operator=shop.manager, intent=intent())
    event = sell(shop, goods(23_000, 2_000, 6_990), member).stamp.event_id

    back = plan(shop.ledger, event, frozenset({2}))
    with pytest.raises(KeptCostsAll) as refused:
        plan(shop.ledger, event, frozenset({1}))

    assert back.money == Money(26_990 - 25_000)
    assert (refused.value.costs, refused.value.paid) == (Money(29_990), Money(26_990))


def test_value_that_comes_back_above_the_cap_is_told_and_journalled(
    shop: Shop, member: MemberId
) -> None:
    shop.top_up(member, 200_000)
    sale = sell(shop, goods(90_000, tenders=by(STORED)), member)
    shop.top_up(member, 250_000)

    receipt = give_back(shop, sale)

    above = open_member(shop.ledger, member).balance - Money(500_000)
    assert above > Money()
    assert body_of(shop, receipt)["over_cap"] == above.minor
