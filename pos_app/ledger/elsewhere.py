"""Sales as HQ knows them: made at any till, with what has come back of them at any till."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.refund import RefundPlan
from pos_app.ledger.rules.refund_effects import CouponBack
from pos_app.ledger.rules.sale_record import sold_from
from pos_app.ledger.rules.wallet import LotSpend
from pos_app.ledger.store.event import Event, Json, milliseconds
from pos_app.ledger.store.holdings import wallet_of
from pos_app.ledger.store.right_rows import elsewhere
from pos_app.money import Points


@dataclass(frozen=True, slots=True)
class OrderElsewhere:
    """A sale, where it was made, and what came back of it.

    `lots` (moment, paid, bonus) and `coupons` (template, first and last day) are what it took
    from. With `until` this terminal alone may return some of it so long.
    """

    node: str
    epoch: int
    store: str
    store_name: str
    terminal_name: str
    sale: Event
    returns: tuple[Event, ...]
    lots: Mapping[str, tuple[int, int, int]]
    coupons: Mapping[str, tuple[str, str, str]]
    until: datetime | None = None


def together(*told: Iterable[Event]) -> tuple[Event, ...]:
    """Return events that several have told of, each once, the oldest first."""
    known = {event.id: event for some in told for event in some}
    return tuple(sorted(known.values(), key=lambda event: event.at))


def points_to_fetch(ledger: Ledger, order: OrderElsewhere) -> Points:
    """Return the points that HQ has and this terminal lacks to take back what the sale earned.

    Where they are not here the member would owe them, though they have them.
    """
    member = order.sale.member
    if member is None:
        return Points()
    book = ledger.read()
    earned = sold_from(order.sale.body, order.sale.business_date).earned.minor
    here = sum(batch.points.minor for batch in wallet_of(book, member).batches)
    there = sum(one.amount for one in elsewhere(book, member) if one.pocket == "PTS")
    return Points(max(0, min(earned - here, there)))


def away_body(order: OrderElsewhere, plan: RefundPlan) -> dict[str, Json]:
    """Return what a return of another till's sale says of it, so that it can be read alone.

    Its lots and coupons may never have been here; a coupon comes back with its new last day.
    """
    return {
        "node": order.node,
        "epoch": order.epoch,
        "store": order.store,
        "lots": [[back.lot.hex, *_bought(order, back)] for back in plan.lots],
        "coupons": [
            [back.coupon.hex, back.template, _first_day(order, back), back.valid_until.isoformat()]
            for back in plan.coupons_back
        ],
    }


def _bought(order: OrderElsewhere, back: LotSpend) -> tuple[int, int, int]:
    """Return when a lot was bought, and what it brought; at least what comes back to it."""
    known = order.lots.get(back.lot.hex)
    least = (milliseconds(order.sale.at), back.principal.minor, back.bonus.minor)
    return least if known is None else known


def _first_day(order: OrderElsewhere, back: CouponBack) -> str:
    known = order.coupons.get(back.coupon.hex)
    return order.sale.business_date.isoformat() if known is None else known[1]
