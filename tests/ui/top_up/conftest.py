"""The top-up page with a cashier at it."""

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import counter
from pos_app.ledger.receipts import TopUpReceipt
from pos_app.money import Money
from pos_app.ui.kit.work import Inline
from pos_app.ui.top_up.presenter import TopUpExits, TopUpPresenter
from tests.shop import Shop
from tests.ui.parts.at_the_till import cashier_at


class Desk:
    """The page with a cashier at it, and what left it."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.receipts: list[TopUpReceipt] = []
        self.closed = 0
        self.printed: list[int] = []
        who = cashier_at(shop)
        exits = TopUpExits(self.receipts.append, self._close, self.printed.append)
        self.page = TopUpPresenter(shop.ledger, Inline(), lambda: who, exits)

    def balance(self, member: MemberId) -> Money:
        return counter.open_member(self.shop.ledger, member).balance

    def _close(self) -> None:
        self.closed += 1


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


@pytest.fixture
def member(shop: Shop) -> MemberId:
    """Return a member whose document is on record."""
    known = shop.member()
    shop.show_document(known)
    return known
