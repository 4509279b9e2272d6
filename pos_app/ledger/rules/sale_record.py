"""A sale as integers and strings: what its event stores, and what a return reads back."""

from collections.abc import Mapping, Sequence
from datetime import date

from pos_app.ids import CouponId, LotId
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.order_record import order_body, order_from, share_body, share_from
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.quote import CouponUse, Quote
from pos_app.ledger.rules.record_values import (
    Body,
    RecordUnreadable,
    day,
    identity,
    inner,
    maps,
    minors,
    money,
    text,
    whole,
    wholes,
)
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.rules.units import UnitRow
from pos_app.ledger.rules.wallet import LotSpend
from pos_app.money import BasisPoints, Growth, Points


def quote_body(quote: Quote) -> Body:
    """Write down a quote that was paid: its inputs, and every result that stands on its own."""
    order = order_body(quote.order)
    return {
        "lines": order.pop("lines"),
        "order": order,
        "member_day": int(quote.member_day),
        "coupons": [_use_body(use) for use in quote.coupons],
        "batches": [batch_body(batch) for batch in quote.batches],
        "lots": [lot_body(spend) for spend in quote.lots],
        "externals": [share_body(share) for share in quote.externals],
        "units": [_unit_body(row) for row in quote.units],
        "earned": _earned_body(quote),
        **minors(
            listed=quote.listed,
            item_discount=quote.item_discount,
            goods=quote.goods,
            coupon_discount=quote.coupon_discount,
            points=quote.points,
            points_value=quote.points_value,
            due=quote.due,
            principal=quote.principal,
            bonus=quote.bonus,
            rounding=quote.rounding,
            stored_value=quote.stored_value,
            payable=quote.payable,
            saved=quote.saved,
            eligible=quote.eligible,
        ),
    }


def order_of(body: Mapping[str, object]) -> Order:
    """Return the order that a sale answered. Raises RecordUnreadable."""
    return order_from({**inner(body, "order"), "lines": maps(body, "lines")})


def sold_from(body: Mapping[str, object], sold_on: date) -> Sold:
    """Return the stored facts of a sale before any return. Raises RecordUnreadable."""
    earned, lines = inner(body, "earned"), maps(body, "lines")
    return Sold(
        units=tuple(_unit_from(unit, lines) for unit in maps(body, "units")),
        itemised=bool(whole(inner(body, "order"), "itemised")),
        lots=tuple(map(lot_from, maps(body, "lots"))),
        batches=tuple(map(batch_from, maps(body, "batches"))),
        coupons=tuple(map(use_from, maps(body, "coupons"))),
        eligible=money(body, "eligible"),
        multiplier=BasisPoints(whole(earned, "multiplier")),
        earned=Points(whole(earned, "points")),
        pending=Points(whole(earned, "pending")),
        earned_expire_on=day(earned, "expires_on"),
        grown=Growth(whole(earned, "growth")),
        sold_on=sold_on,
    )


def batch_body(batch: PointsBatch) -> Body:
    """Write down points of one expiry."""
    return {"expires_on": batch.expires_on.isoformat(), "points": batch.points.minor}


def batch_from(body: Mapping[str, object]) -> PointsBatch:
    """Read back points of one expiry. Raises RecordUnreadable."""
    return PointsBatch(day(body, "expires_on"), Points(whole(body, "points")))


def lot_body(spend: LotSpend) -> Body:
    """Write down what a lot gave or got."""
    return {"lot": str(spend.lot), **minors(principal=spend.principal, bonus=spend.bonus)}


def lot_from(body: Mapping[str, object]) -> LotSpend:
    """Read back what a lot gave or got. Raises RecordUnreadable."""
    return LotSpend(LotId(identity(body, "lot")), money(body, "principal"), money(body, "bonus"))


def _unit_from(body: Mapping[str, object], lines: Sequence[Mapping[str, object]]) -> UnitRow:
    """Read one unit row back; its title and list price are its line's.

    Raises RecordUnreadable.
    """
    line = whole(body, "line")
    if not 0 <= line < len(lines):
        raise RecordUnreadable("line")
    return UnitRow(
        line=line,
        title=text(lines[line], "title"),
        listed=money(lines[line], "unit_price"),
        goods=money(body, "goods"),
        coupon=money(body, "coupon"),
        points=money(body, "points"),
        principal=money(body, "principal"),
        bonus=money(body, "bonus"),
        rounding=money(body, "rounding"),
        external=tuple(map(share_from, maps(body, "external"))),
    )


def use_from(body: Mapping[str, object]) -> CouponUse:
    """Read a used coupon back. Raises RecordUnreadable."""
    return CouponUse(
        coupon=CouponId(identity(body, "coupon")),
        template=text(body, "template"),
        saves=money(body, "saves"),
        valid_until=day(body, "valid_until"),
        gift=money(body, "gift"),
        threshold=money(body, "threshold"),
        lines=wholes(body, "lines"),
    )


def _use_body(use: CouponUse) -> Body:
    return {
        "coupon": str(use.coupon),
        "template": use.template,
        "valid_until": use.valid_until.isoformat(),
        "lines": list(use.lines),
        **minors(saves=use.saves, gift=use.gift, threshold=use.threshold),
    }


def _unit_body(row: UnitRow) -> Body:
    return {
        "line": row.line,
        "external": [share_body(share) for share in row.external],
        **minors(
            goods=row.goods,
            coupon=row.coupon,
            points=row.points,
            principal=row.principal,
            bonus=row.bonus,
            rounding=row.rounding,
        ),
    }


def _earned_body(quote: Quote) -> Body:
    return {
        "multiplier": quote.multiplier.value,
        "reason": quote.multiplier_reason.value,
        "expires_on": quote.earns_expire_on.isoformat(),
        **minors(points=quote.earns, pending=quote.pending, growth=quote.grows),
    }
