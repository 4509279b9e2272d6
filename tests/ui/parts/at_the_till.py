"""Who works at the till, and a lane that answers late."""

from collections.abc import Callable
from typing import TypeVar

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import counter, member_edit, sales
from pos_app.ledger.member_edit import StatusChange
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.access import Role
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.ledger.rules.holder import Status
from pos_app.money import Money
from pos_app.ui.kit.work import Inline
from tests.people import CASHIER, cashier
from tests.shop import MANAGER, Shop, intent

T = TypeVar("T")

COFFEE = Line("燕麦拿铁", Money(3_200), 2)
CAKE = Line("巴斯克蛋糕", Money(4_200))


class Late:
    """A lane whose answers wait until they are let through, the newest first."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def run(
        self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
    ) -> None:
        self._waiting.append(lambda: Inline().run(task, done, failed))

    def let_through(self) -> None:
        while self._waiting:
            self._waiting.pop()()


def cashier_at(shop: Shop) -> SignedIn:
    """Appoint a cashier and let them sign in."""
    return SignedIn(cashier(shop), CASHIER[0], "周敏", Role.CASHIER)


def manager_at(shop: Shop) -> SignedIn:
    """Let the first manager work at the till."""
    return SignedIn(shop.manager, MANAGER[0], "林晓雯", Role.MANAGER)


def freeze(shop: Shop, member: MemberId) -> None:
    """Freeze a member."""
    change = StatusChange(member, Status.FROZEN, "lost", intent())
    member_edit.set_status(shop.ledger, change, operator=shop.manager)


def sell(
    shop: Shop,
    member: MemberId | None,
    *lines: Line,
    tender: Tender = Tender.WECHAT,
    order: Order | None = None,
) -> SaleReceipt:
    """Sell goods; stored value is proved with the member's PIN."""
    wanted = order or Order(Basket(lines or (COFFEE, CAKE)), tenders=(TenderAsk(tender),))
    shown = counter.price(shop.ledger, wanted, member)
    wish = intent()
    evidence = None
    if member is not None and shown.stored_value:
        evidence = shop.evidence(member, shown.stored_value, wish)
    payment = sales.Payment(shop.manager, wish, member, evidence)
    return sales.pay(shop.ledger, shown, payment)
