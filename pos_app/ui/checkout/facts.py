"""What the panel knows at one moment; the words are made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.ids import CouponId
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.basket import Basket as Goods
from pos_app.ledger.rules.basket import Line, Order, Tender, amount_only
from pos_app.ledger.rules.quote import Quote
from pos_app.money import Money, Points, total_of
from pos_app.ui.checkout.entry import Entry, of_amount, typed
from pos_app.ui.checkout.state import Cursor, Notice
from pos_app.ui.checkout.tendering import Way, asks
from pos_app.ui.checkout.wish import Short

NO_POINTS = Points()
EMPTY = Entry()
USUAL = Way()
HOME = Cursor()


@dataclass(frozen=True, slots=True)
class Basket:
    """The order as built so far; `goods` are lines that did not come by keypad.

    `gifts` are what is paid in points, or in points and money, beside them.
    """

    entry: Entry = EMPTY
    goods: Order | None = None
    gifts: tuple[Line, ...] = ()
    coupons: tuple[CouponId, ...] | None = None
    member_day: bool | None = None
    points: Points = NO_POINTS
    way: Way = USUAL
    received: str = ""
    share: str = ""
    held_only: bool = False  # the cashier went on without what lies at HQ

    @property
    def amount(self) -> Money:
        return self.entry.total + total_of([gift.listed for gift in self.gifts])

    @property
    def received_sum(self) -> Money:
        return typed(self.received)

    @property
    def touched(self) -> bool:
        return bool(self.entry.text or self.entry.terms or self.gifts)

    def order(self) -> Order:
        """Return the order to be priced."""
        return Order(
            basket=self._basket(),
            coupons=self.coupons,
            member_day=self.member_day,
            points=self.points,
            tenders=asks(self.way),
        )

    def _basket(self) -> Goods:
        """Return what is bought; with gifts beside it, the typed amount is one unit of its own."""
        typed_in = amount_only(self.entry.total) if self.entry.total else Goods(())
        basket = typed_in if self.goods is None else self.goods.basket
        return Goods((*basket.lines, *self.gifts)) if self.gifts else basket


def basket_of(order: Order, way: Way) -> Basket:
    """Return the basket of an order that was put aside."""
    lines = order.basket.lines
    return Basket(
        entry=of_amount(total_of([line.listed for line in lines if not line.gift])),
        goods=_without_gifts(order) if _has_goods(order) else None,
        gifts=tuple(line for line in lines if line.gift),
        coupons=order.coupons,
        member_day=order.member_day,
        points=order.points,
        way=way,
    )


def _has_goods(order: Order) -> bool:
    """Say whether lines are known that neither the keypad nor the catalogue gave."""
    return order.basket.itemised and any(line.title for line in order.basket.lines if not line.gift)


def _without_gifts(order: Order) -> Order:
    lines = tuple(line for line in order.basket.lines if not line.gift)
    return replace(order, basket=Goods(lines))


NOTHING = Basket()


@dataclass(frozen=True, slots=True)
class Now:
    """Everything that the panel's state is made of."""

    basket: Basket = NOTHING
    member: MemberAtCounter | None = None
    last_external: Tender = Tender.WECHAT
    quote: Quote | None = None
    pricing: bool = False
    notice: Notice | None = None
    counting: bool = False  # the cash that was handed over is being typed
    busy: str = ""  # what is being waited for
    fetching: Short | None = None  # what HQ is being asked for; the order may still be changed
    unknown: int = 0  # how often an unknown outcome was looked up
    receipt: SaleReceipt | None = None
    printing: str = ""
    held: int = 0
    number: int = 1
    cursor: Cursor = HOME
