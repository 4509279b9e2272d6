"""A member, a basket and a wallet, as the examples of a till need them."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from pos_app.ids import CouponId, LotId
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk, TenderShare
from pos_app.ledger.rules.coupons import CouponVerdict, HeldCoupon
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_app.ledger.rules.quote import Quote, quote
from pos_app.ledger.rules.sale_record import quote_body, sold_from
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.rules.wallet import Lot, LotSpend
from pos_app.money import Money, Points
from tests.ledger.rules.shipped_programme import DOCUMENT, LAST_TEMPLATE

PROGRAMME = parse_programme(DOCUMENT)
SHANGHAI = ZoneInfo("Asia/Shanghai")
ORDINARY_DAY = datetime(2026, 3, 10, 12, 0, tzinfo=SHANGHAI)
MEMBER_DAY = datetime(2026, 3, 28, 12, 0, tzinfo=SHANGHAI)
MEMBER = Holder("SILVER")
BASE = Holder("BASE")
STORED = Tender.STORED_VALUE
WECHAT = Tender.WECHAT
CASH = Tender.CASH
L1, L2 = LotId(UUID(int=1)), LotId(UUID(int=2))


def day(text: str) -> date:
    return date.fromisoformat(text)


def batch(expires_on: str, points: int) -> PointsBatch:
    return PointsBatch(day(expires_on), Points(points))


def lot(id_: LotId, principal: int, bonus: int) -> Lot:
    return Lot(id_, Money(principal), Money(bonus))


def spend(id_: LotId, principal: int, bonus: int) -> LotSpend:
    return LotSpend(id_, Money(principal), Money(bonus))


def coupon(template: str, number: int = 1, until: str = "2026-12-31") -> HeldCoupon:
    return HeldCoupon(CouponId(UUID(int=number)), template, day("2026-01-01"), day(until))


def line(fen: int, quantity: int = 1, sku: str = "", *, designated: bool = False) -> Line:
    return Line(sku or "goods", Money(fen), quantity, sku=sku, designated=designated)


def order(*lines: Line, **wishes: object) -> Order:
    return replace(Order(Basket(lines)), **wishes)  # type: ignore[arg-type]  # any wish of an order


def asks(*wishes: Tender | tuple[Tender, int]) -> tuple[TenderAsk, ...]:
    return tuple(
        TenderAsk(wish) if isinstance(wish, Tender) else TenderAsk(wish[0], Money(wish[1]))
        for wish in wishes
    )


def share(tender: Tender, fen: int) -> TenderShare:
    return TenderShare(tender, Money(fen))


def priced(
    wanted: Order,
    holder: Holder | None = MEMBER,
    at: datetime = ORDINARY_DAY,
    programme: Programme = PROGRAMME,
) -> Quote:
    return quote(wanted, holder, programme, at)


def programme_with(*templates: str, **coupon_rules: object) -> Programme:
    """Return the shipped programme with more coupon templates and other coupon rules."""
    more = "\n".join(f"[[coupon.template]]\n{one}" for one in templates)
    last = f"[[coupon.template]]\n{LAST_TEMPLATE}"
    text = DOCUMENT.decode().replace(last, f"{more}\n{last}")
    known = parse_programme(text.encode())
    return known.model_copy(update={"coupon": known.coupon.model_copy(update=coupon_rules)})


def verdict(answer: Quote, number: int = 1) -> CouponVerdict:
    return next(one for one in answer.verdicts if one.coupon.id.int == number)


def sold(answer: Quote, at: datetime = ORDINARY_DAY) -> Sold:
    """Return the sale as its recorded event gives it back."""
    return sold_from(quote_body(answer), at.date())


def column(answer: Quote, name: str) -> list[int]:
    return [getattr(row, name).minor for row in answer.units]
