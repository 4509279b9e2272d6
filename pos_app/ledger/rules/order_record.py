"""An order as integers and strings, and back."""

from collections.abc import Mapping

from pos_app.ids import CouponId
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk, TenderShare
from pos_app.ledger.rules.record_values import (
    Body,
    RecordUnreadable,
    identity,
    maps,
    minors,
    money,
    text,
    texts,
    whole,
)
from pos_app.money import Points


def order_body(order: Order) -> Body:
    """Write an order down. What was left open is left out."""
    body: Body = {
        "lines": [_line_body(line) for line in order.basket.lines],
        "itemised": int(order.basket.itemised),
        "points": order.points.minor,
        "tenders": [_ask_body(ask) for ask in order.tenders],
        "store": order.store,
        "channel": order.channel,
        "out_of_stock": list(order.out_of_stock),
    }
    if order.coupons is not None:
        body["coupons"] = [str(coupon) for coupon in order.coupons]
    if order.member_day is not None:
        body["member_day"] = int(order.member_day)
    return body


def order_from(body: Mapping[str, object]) -> Order:
    """Read an order back. Raises RecordUnreadable."""
    return Order(
        basket=_basket(body),
        coupons=_coupons(body) if "coupons" in body else None,
        member_day=bool(whole(body, "member_day")) if "member_day" in body else None,
        points=Points(whole(body, "points")),
        tenders=tuple(map(_ask, maps(body, "tenders"))),
        store=text(body, "store"),
        channel=text(body, "channel"),
        out_of_stock=texts(body, "out_of_stock"),
    )


def share_body(share: TenderShare) -> Body:
    """Write down what a tender paid."""
    return {"tender": share.tender.value, "amount": share.amount.minor}


def share_from(body: Mapping[str, object]) -> TenderShare:
    """Read back what a tender paid. Raises RecordUnreadable."""
    return TenderShare(_tender(body), money(body, "amount"))


def _basket(body: Mapping[str, object]) -> Basket:
    lines = tuple(map(_line, maps(body, "lines")))
    return Basket(lines, itemised=bool(whole(body, "itemised")))


def _line_body(line: Line) -> Body:
    return {
        "title": line.title,
        "unit_price": line.unit_price.minor,
        "quantity": line.quantity,
        "sku": line.sku,
        "category": line.category,
        "designated": int(line.designated),
        **({"gift": line.gift} if line.gift else {}),
    }


def _line(body: Mapping[str, object]) -> Line:
    return Line(
        title=text(body, "title"),
        unit_price=money(body, "unit_price"),
        quantity=whole(body, "quantity"),
        sku=text(body, "sku"),
        category=text(body, "category"),
        designated=bool(whole(body, "designated")),
        gift=text(body, "gift") if "gift" in body else "",
    )


def _ask_body(ask: TenderAsk) -> Body:
    amount = {} if ask.amount is None else minors(amount=ask.amount)
    return {"tender": ask.tender.value, **amount}


def _ask(body: Mapping[str, object]) -> TenderAsk:
    return TenderAsk(_tender(body), money(body, "amount") if "amount" in body else None)


def _tender(body: Mapping[str, object]) -> Tender:
    try:
        return Tender(text(body, "tender"))
    except ValueError as unknown:
        raise RecordUnreadable("tender") from unknown


def _coupons(body: Mapping[str, object]) -> tuple[CouponId, ...]:
    return tuple(CouponId(identity({"coupon": one}, "coupon")) for one in texts(body, "coupons"))
