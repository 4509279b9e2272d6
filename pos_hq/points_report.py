"""Points as the house sees them: do they come back in step, and what is still owed for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.clock import business_date
from pos_app.ledger.rules.contract_liability import recognised, split_price, standalone_of
from pos_app.ledger.rules.liability import PointsMoves
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.redemption_rate import PointsDay, RedemptionRate, redemption_rate
from pos_app.ledger.rules.windows import months_later
from pos_app.money import BasisPoints, Money, Points
from pos_hq.hq import Hq
from pos_hq.integration_shapes import PointsFigure, PointsReport
from pos_hq.store import points_rows, programme_rows
from pos_hq.store.database import Connection
from pos_hq.store.points_rows import Moved, Sold

_ALL = BasisPoints(10_000)
_MINUTE_MS = 60_000
_WAYS = {
    ("pts_issued", 1): "earned",
    ("pts_issued", -1): "clawed_back",
    ("pts_redeemed", -1): "redeemed",
    ("pts_redeemed", 1): "returned",
    ("pts_expired", -1): "expired",
}


@dataclass(frozen=True, slots=True)
class _Book:
    """Everything that is counted: moves by business day, and orders."""

    rules: Programme
    moves: Sequence[tuple[date, Moved]]
    sold: Sequence[Sold]
    held: int

    def rate(self, until: date) -> RedemptionRate:
        return redemption_rate(_days(self.moves), until, self.rules)

    def chance(self, until: date) -> BasisPoints:
        """Return the share of points that is expected back; all of them before there is any."""
        rate = self.rate(until).rate
        return _ALL if rate is None else BasisPoints(min(rate.value, _ALL.value))


def rate_on(hq: Hq, day: date) -> RedemptionRate:
    """Return the redemption rate of the twelve months that end on a business day."""
    with hq.read() as book:
        return _read(hq, book, months_later(day, -12), []).rate(day)


def report(hq: Hq, month: date | None = None) -> PointsReport:
    """Return the figures of a month, up to today where it is not over, each with its derivation."""
    with hq.read() as read:
        book = _read(hq, read, date.min, points_rows.sold(read), points_rows.held(read))
    today = business_date(hq.now(), zone=book.rules.zone, cutover=book.rules.cutover)
    first = (month or today).replace(day=1)
    until = min(months_later(first, 1) - timedelta(days=1), max(today, first))
    figures = [*_of_rate(book, until), *_of_moves(book, first, until), *_of_money(book, until)]
    if until == today:
        owned = PointsFigure(name="held_by_members", amount=book.held, unit="PTS", count=0, base={})
        figures.append(owned)
    alarm = book.rate(until).alarm.value
    return PointsReport(
        month=f"{first:%Y-%m}", until=until.isoformat(), alarm=alarm, figures=tuple(figures)
    )


def _of_rate(book: _Book, until: date) -> list[PointsFigure]:
    rate = book.rate(until)
    counted = [one for on, one in book.moves if rate.since <= on <= until]
    base = {"issued": rate.issued.minor, "redeemed": rate.redeemed.minor}
    band = {"band_low": rate.band[0].value, "band_high": rate.band[1].value}
    share = None if rate.rate is None else rate.rate.value
    return [_figure("redemption_rate_12_months", share, "bp", _count(counted), base | band)]


def _of_moves(book: _Book, first: date, until: date) -> list[PointsFigure]:
    before = _moves([one for on, one in book.moves if on < first], Points())
    counted = [one for on, one in book.moves if first <= on <= until]
    moves = _moves(counted, before.closing)
    names = ("earned", "redeemed", "returned", "clawed_back", "expired", "adjustments")
    lines = [
        _figure(name, getattr(moves, name).minor, "PTS", _count(counted, name)) for name in names
    ]
    opening = _figure("opening", moves.opening.minor, "PTS")
    base = {name: getattr(moves, name).minor for name in ("opening", *names)}
    closing = _figure("closing", moves.closing.minor, "PTS", _count(counted), base)
    return [opening, *lines, closing]


def _of_money(book: _Book, until: date) -> list[PointsFigure]:
    first = until.replace(day=1)
    sold, chance = _sum(book.sold, first, until), book.chance(until)
    split = _split(book, first, until)
    standalone = standalone_of(Points(max(sold.points, 0)), chance, book.rules)
    base = {"paid": sold.fen, "points": sold.points, "chance_bp": chance.value}
    deferred, redeemed, expected = _so_far(book, until)
    already = recognised(*_so_far(book, first - timedelta(days=1))[:3], Money()).so_far
    now = recognised(deferred, redeemed, expected, already)
    of_all = {
        "deferred": deferred.minor,
        "redeemed": redeemed.minor,
        "expected": expected.minor,
        "already": already.minor,
    }
    return [
        _figure("standalone_value_of_points", standalone.minor, "CNY", sold.orders, base),
        _figure("deferred_this_month", split.minor, "CNY", sold.orders, base),
        _figure("revenue_recognised_this_month", now.now.minor, "CNY", 0, of_all),
        _figure("contract_liability", now.liability.minor, "CNY", 0, of_all),
    ]


def _split(book: _Book, first: date, until: date) -> Money:
    """Return what of a month's orders is owed for their points."""
    sold = _sum(book.sold, first, until)
    paid, points = Money(max(sold.fen, 0)), Points(max(sold.points, 0))
    standalone = standalone_of(points, book.chance(until), book.rules)
    return split_price(paid, paid, standalone).points if paid else Money()


def _so_far(book: _Book, until: date) -> tuple[Money, Points, Points]:
    """Return everything deferred, everything redeemed, and how much of all is expected back."""
    months = sorted({one.day[:7] for one in book.sold if one.day <= until.isoformat()})
    deferred = Money()
    for month in months:
        first = date.fromisoformat(f"{month}-01")
        last = min(months_later(first, 1) - timedelta(days=1), until)
        deferred += _split(book, first, last)
    moves = _moves([one for on, one in book.moves if on <= until], Points())
    issued = max(moves.earned - moves.clawed_back, Points())
    redeemed = max(moves.redeemed - moves.returned, Points())
    return deferred, redeemed, issued.floor_bp(book.chance(until))


def _sum(sold: Iterable[Sold], first: date, until: date) -> Sold:
    span = (first.isoformat(), until.isoformat())
    rows = [one for one in sold if span[0] <= one.day <= span[1]]
    sums = [sum(figures) for figures in zip(*(one[1:] for one in rows), strict=True)]
    return Sold(span[0], *sums) if sums else Sold(span[0], 0, 0, 0)


def _moves(rows: Iterable[Moved], opening: Points) -> PointsMoves:
    sums: Counter[str] = Counter()
    for row in rows:
        way = _WAYS.get((row.house, row.sign))
        sums[way or "adjustments"] += row.points if way else row.sign * row.points
    return PointsMoves(opening, **{name: Points(points) for name, points in sums.items()})


def _days(moves: Iterable[tuple[date, Moved]]) -> list[PointsDay]:
    issued: Counter[date] = Counter()
    redeemed: Counter[date] = Counter()
    for on, row in moves:
        issued[on] += row.sign * row.points if row.house == "pts_issued" else 0
        redeemed[on] -= row.sign * row.points if row.house == "pts_redeemed" else 0
    return [PointsDay(on, Points(issued[on]), Points(redeemed[on])) for on in sorted(issued)]


def _count(rows: Iterable[Moved], name: str = "") -> int:
    return sum(
        row.transfers
        for row in rows
        if not name or _WAYS.get((row.house, row.sign), "adjustments") == name
    )


def _figure(
    name: str, amount: int | None, unit: str, count: int = 0, base: dict[str, int] | None = None
) -> PointsFigure:
    return PointsFigure(name=name, amount=amount, unit=unit, count=count, base=base or {})


def _read(hq: Hq, book: Connection, since: date, sold: Sequence[Sold], held: int = 0) -> _Book:
    rules = programme_rows.in_force(book, hq.now_ms())
    there = [
        (date.fromisoformat(one.when), one)
        for one in points_rows.of_terminals(book, since.isoformat())
    ]
    here = []
    for one in points_rows.of_hq(book):
        at = hq.moment(int(one.when) * _MINUTE_MS)
        on = business_date(at, zone=rules.zone, cutover=rules.cutover)
        here += [(on, one)] if on > since else []
    return _Book(rules, [*there, *here], sold, held)
