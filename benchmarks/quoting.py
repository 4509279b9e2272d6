"""Target 17: the price of the largest basket, with every coupon and lot that a member may hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from statistics import median

from benchmarks.measure import p99, percentile, timed
from benchmarks.report import Line, shown
from benchmarks.scale import Bench
from benchmarks.shop import NOW, PROGRAMME
from pos_app.ids import CouponId, LotId, new_id
from pos_app.ledger.rules.basket import Basket, Order, Tender, TenderAsk
from pos_app.ledger.rules.basket import Line as Goods
from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.holder import Holder, Status
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_app.ledger.rules.quote import quote
from pos_app.ledger.rules.wallet import Lot
from pos_app.money import Growth, Money, Points

_LINES, _COUPONS, _LOTS, _BATCHES = 60, 12, 20, 12
_AT_MOST_SECONDS = 0.010
_TIMES = 60
_LAST_DAY = date(2026, 12, 31)
_MORE_COUPONS = """
[[coupon.template]]
code = "X{n}"
type = "discount"
pct = {pct}
cap_fen = 20000
threshold_fen = {threshold}
"""


def quoting(bench: Bench) -> Iterator[Line]:
    """Measure one quote; the best legal coupons and their day are searched each time."""
    programme = _programme()
    order, holder = _order(), _holder([one.code for one in programme.coupon.template])
    runs = [
        timed(lambda: quote(order, holder, programme, NOW))
        for _ in range(bench.scale.rounds * _TIMES)
    ]
    low, high = percentile(runs, 10), percentile(runs, 90)
    yield Line(
        "17",
        f"quote of {_LINES} lines, {_COUPONS} coupons, {_LOTS} lots, p99",
        shown(p99(runs)),
        ratio=f"p50 {shown(median(runs))} ({shown(low)}-{shown(high)})",
        target="<= 10 ms",
        met=p99(runs) <= _AT_MOST_SECONDS,
    )


def _programme() -> Programme:
    """Return the shipped rules with so many more coupons that no two in the hand are alike."""
    shipped = parse_programme(PROGRAMME.read_bytes())
    missing = _COUPONS - len(shipped.coupon.template)
    more = (
        _MORE_COUPONS.format(n=n, pct=80 + n, threshold=10_000 * n) for n in range(1, missing + 1)
    )
    return parse_programme(PROGRAMME.read_bytes() + "".join(more).encode())


def _order() -> Order:
    lines = (Goods(f"Goods {n}", Money(1_000 + 37 * n), quantity=1) for n in range(_LINES))
    tenders = (TenderAsk(Tender.STORED_VALUE, Money(400_000)), TenderAsk(Tender.WECHAT, None))
    return Order(Basket(tuple(lines)), points=Points(500), tenders=tenders)


def _holder(templates: list[str]) -> Holder:
    kinds = cycle(templates)
    coupons = (
        HeldCoupon(CouponId(new_id()), next(kinds), NOW.date(), _LAST_DAY) for _ in range(_COUPONS)
    )
    return Holder(
        tier="GOLD",
        lots=tuple(Lot(LotId(new_id()), Money(20_000), Money(2_000)) for _ in range(_LOTS)),
        batches=tuple(
            PointsBatch(date(2026, 7 + n // 2, 10 + n), Points(300)) for n in range(_BATCHES)
        ),
        debt=Points(),
        coupons=tuple(coupons),
        birthday=None,
        first_order=False,
        spend=Money(800_000),
        growth=Growth(9_000),
        earned_today=Points(),
        status=Status.NORMAL,
    )
