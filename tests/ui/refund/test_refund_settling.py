"""Gifts and spent points on the refund page."""

from dataclasses import replace

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.money import Money, Points
from pos_app.ui.refund import settling
from pos_app.ui.refund.state import GiftLine
from tests.shop import Shop, intent
from tests.ui.parts.at_the_till import manager_at, sell
from tests.ui.refund.conftest import Desk


@pytest.fixture
def gift_sale(shop: Shop, member: MemberId) -> SaleReceipt:
    issue(shop.ledger, member, "G200", operator=shop.manager, intent=intent())
    return sell(shop, member, Line("花束", Money(12_000), 2))


@pytest.fixture
def managed(desk: Desk) -> Desk:
    desk.who = manager_at(desk.shop)
    return desk


def gift(desk: Desk) -> GiftLine:
    assert desk.state.planned is not None
    (line,) = desk.state.planned.gifts
    return line


def test_nothing_goes_back_before_it_is_said_what_becomes_of_the_gift(
    managed: Desk, gift_sale: SaleReceipt
) -> None:
    managed.open(gift_sale)
    managed.fill_in()

    managed.case.confirm()

    assert managed.receipts == []
    assert managed.state.blocked == "Say what becomes of the gift"


def test_the_value_of_a_gift_that_stays_is_shown_as_deducted(
    managed: Desk, gift_sale: SaleReceipt
) -> None:
    managed.open(gift_sale)
    managed.fill_in()

    managed.case.settle_gift(gift(managed).key, "kept")
    cta = managed.state.cta
    managed.case.confirm()

    assert cta == "Refund ¥190.00"
    assert managed.state.outcome is not None
    assert "Kept for a gift" in [fact.label for fact in managed.state.outcome.facts]


def test_a_gift_is_waived_with_a_reason(managed: Desk, gift_sale: SaleReceipt) -> None:
    managed.open(gift_sale)
    managed.fill_in()
    managed.case.settle_gift(gift(managed).key, "waived")
    blocked = managed.state.blocked

    managed.case.choose_waiver("goodwill")
    managed.case.confirm()

    assert blocked == "Say why the gift is waived"
    assert managed.receipts[0].money == Money(24_000)


def test_the_manager_is_told_that_a_gift_is_waived(desk: Desk, gift_sale: SaleReceipt) -> None:
    desk.open(gift_sale)
    desk.fill_in()
    desk.case.settle_gift(gift(desk).key, "waived")
    desk.case.choose_waiver("used_up")

    desk.case.confirm()

    assert desk.page.approval.shown.state.open
    assert settling.consent(desk.state).startswith("The gift is waived. ")
    assert not settling.consent(replace(desk.state, planned=None)).startswith("The gift")


def test_both_ways_to_settle_spent_points_are_shown(managed: Desk, member: MemberId) -> None:
    sale = sell(managed.shop, member, Line("钻戒", Money(50_000)))
    basket = Basket((Line("燕麦拿铁", Money(3_400)),))
    spending = Order(basket, points=Points(1_000), tenders=(TenderAsk(Tender.WECHAT),))
    sell(managed.shop, member, order=spending)

    managed.open(sale)

    assert managed.state.planned is not None
    assert [(fact.label, fact.value, fact.note) for fact in managed.state.planned.shortage] == [
        ("Points already spent", "976", ""),
        ("Owed as points", "¥500.00 · −\u2009976", "our rule"),
        ("Kept from the refund", "¥490.24 · 0", ""),
    ]


def test_what_a_refund_cannot_deduct_is_said(managed: Desk, member: MemberId) -> None:
    issue(managed.shop.ledger, member, "G200", operator=managed.shop.manager, intent=intent())
    basket = Basket((Line("花束", Money(24_000)),))
    asks = (TenderAsk(Tender.STORED_VALUE, Money(22_000)), TenderAsk(Tender.WECHAT))
    managed.open(sell(managed.shop, member, order=Order(basket, tenders=asks)))

    managed.case.settle_gift(gift(managed).key, "kept")

    assert managed.state.planned is not None
    assert managed.state.planned.warnings == (
        "The refund covers the gift but for ¥30.00: collect it, or let it come back.",
    )
