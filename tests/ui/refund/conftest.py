"""The refund page with an operator at it, and a sale to give back."""

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.receipts import RefundReceipt, SaleReceipt
from pos_app.ledger.rules.basket import Tender
from pos_app.ui.kit.work import Inline
from pos_app.ui.refund.presenter import RefundExits, RefundPresenter
from pos_app.ui.refund.state import RefundState
from tests.shop import MEMBER_PIN, Shop
from tests.ui.parts.at_the_till import cashier_at, sell


class Desk:
    """The page with an operator at it, and what left it."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.who = cashier_at(shop)
        self.receipts: list[RefundReceipt] = []
        self.closed: list[bool] = []
        self.printed: list[int] = []
        exits = RefundExits(
            self.receipts.append, lambda: self.closed.append(True), self.printed.append
        )
        self.page = RefundPresenter(shop.ledger, Inline(), lambda: self.who, exits)
        self.case = self.page.case

    @property
    def state(self) -> RefundState:
        return self.page.shown.state

    def fill_in(self, reason: str = "quality") -> None:
        assert self.state.slip is not None
        self.case.choose_reason(reason)
        self.case.type_tail(self.state.slip.tail)

    def open(self, sale: SaleReceipt) -> None:
        self.page.open()
        self.page.find(sale.stamp.slip)


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


@pytest.fixture
def member(shop: Shop) -> MemberId:
    member = shop.member(pin=MEMBER_PIN)
    shop.top_up(member, 50_000)
    return member


@pytest.fixture
def sale(shop: Shop, member: MemberId) -> SaleReceipt:
    return sell(shop, member, tender=Tender.STORED_VALUE)
