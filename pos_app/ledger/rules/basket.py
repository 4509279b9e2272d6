"""What is being bought, and how the member wishes to pay for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.errors import PosError
from pos_app.ids import CouponId
from pos_app.money import LARGEST_ENTRY_FEN, Money, Points, total_of

LARGEST_UNITS = 9_999
NO_POINTS = Points()


class Unfit(StrEnum):
    """Why a basket cannot be sold."""

    EMPTY = "empty"
    NO_QUANTITY = "no_quantity"
    NEGATIVE_PRICE = "negative_price"
    NOTHING_DUE = "nothing_due"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    NEGATIVE_TENDER = "negative_tender"
    CREDIT_ASKED = "credit_asked"


@dataclass(eq=False)
class BasketRefused(PosError):
    """The order is not one that a till can price."""

    reason: Unfit


@dataclass(frozen=True, slots=True)
class Line:
    """One article at its list price; `designated` goods take part in a day of designated items.

    `gift` is the code of the gift catalogue where it is paid in points, or in points and money; its
    price is then what both parts are worth.
    """

    title: str
    unit_price: Money
    quantity: int = 1
    sku: str = ""
    category: str = ""
    designated: bool = False
    gift: str = ""

    @property
    def listed(self) -> Money:
        """Return list price times quantity."""
        return self.unit_price.times(self.quantity)


@dataclass(frozen=True, slots=True)
class Basket:
    """The goods of one order; not itemised when only its amount is known."""

    lines: tuple[Line, ...]
    itemised: bool = True

    @property
    def listed(self) -> Money:
        """Return the list price of everything."""
        return total_of([line.listed for line in self.lines])


def amount_only(amount: Money) -> Basket:
    """Return the basket of an order whose lines are not known: one unit at the whole amount."""
    return Basket((Line("", amount),), itemised=False)


def ensure_sellable(basket: Basket) -> None:
    """Raise BasketRefused unless every figure is one that a till can price."""
    reason = _unfit_lines(basket.lines) or _unfit_total(basket)
    if reason is not None:
        raise BasketRefused(reason)


def _unfit_lines(lines: tuple[Line, ...]) -> Unfit | None:
    if not lines:
        return Unfit.EMPTY
    if any(line.quantity < 1 for line in lines):
        return Unfit.NO_QUANTITY
    if any(line.unit_price.minor < 0 for line in lines):
        return Unfit.NEGATIVE_PRICE
    return None


def _unfit_total(basket: Basket) -> Unfit | None:
    if sum(line.quantity for line in basket.lines) > LARGEST_UNITS:
        return Unfit.TOO_MANY
    listed = basket.listed
    if not listed:
        return Unfit.NOTHING_DUE
    return Unfit.TOO_LARGE if listed.minor > LARGEST_ENTRY_FEN else None


class Tender(StrEnum):
    """A means of payment."""

    STORED_VALUE = "stored_value"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    CASH = "cash"
    CARD = "card"
    CREDIT = "credit"  # stored value spent early; never asked for, never handed out


@dataclass(frozen=True, slots=True)
class TenderAsk:
    """A wish to pay by a tender; no amount means as much as it covers, or the rest."""

    tender: Tender
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class TenderShare:
    """What one tender pays or gets back."""

    tender: Tender
    amount: Money


def on_credit(shares: Iterable[TenderShare]) -> Money:
    """Return what of some shares is stored value spent early."""
    return total_of([share.amount for share in shares if share.tender is Tender.CREDIT])


def eligible_of(principal: Money, shares: Sequence[TenderShare]) -> Money:
    """Return what earns points and growth: external money and stored-value principal.

    What is paid on credit earns nothing, not when it is settled either: how much of it will be
    bonus is not known yet, and nothing may be earned that would have to be taken back.
    """
    outside = total_of([share.amount for share in shares])
    return principal + outside - on_credit(shares)


@dataclass(frozen=True, slots=True)
class Order:
    """A basket and the member's wishes for it.

    `coupons` None and `member_day` None ask for the best legal choice; an empty tuple for none.
    `out_of_stock` names coupon templates and goods that this store cannot hand out today.
    """

    basket: Basket
    coupons: tuple[CouponId, ...] | None = None
    member_day: bool | None = None
    points: Points = NO_POINTS
    tenders: tuple[TenderAsk, ...] = ()
    store: str = ""
    channel: str = "store"
    out_of_stock: tuple[str, ...] = ()
