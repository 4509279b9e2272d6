"""One row per sold unit: which fen of it was paid by what (RND-A)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.ledger.rules.basket import Basket, TenderShare
from pos_app.ledger.rules.combination import Applied, Combination
from pos_app.ledger.rules.payment import Payment
from pos_app.money import Money, total_of

Column = tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of one line.

    Once all is paid: goods = coupon + points + principal + bonus + rounding + external.
    """

    line: int
    title: str
    listed: Money
    goods: Money
    coupon: Money
    points: Money
    principal: Money
    bonus: Money
    rounding: Money
    external: tuple[TenderShare, ...]

    @property
    def paid_outside(self) -> Money:
        """Return what external tenders paid of this unit."""
        return total_of([share.amount for share in self.external])


@dataclass(frozen=True, slots=True)
class Units:
    """The goods of every unit and the rows of each line."""

    goods: Column
    rows: tuple[range, ...]


def split_lines(prices: Sequence[int], basket: Basket) -> Units:
    """Split each line's price over its units; missing fen go to the lower units."""
    goods: list[Money] = []
    rows = []
    for price, line in zip(prices, basket.lines, strict=True):
        rows.append(range(len(goods), len(goods) + line.quantity))
        goods.extend(Money(price).allocate((1,) * line.quantity))
    return Units(tuple(goods), tuple(rows))


def coupon_column(units: Units, combination: Combination) -> Column:
    """Allocate every coupon of a combination over the units that it reaches."""
    taken = [0] * len(units.goods)
    for applied in combination.applied:
        for row, fen in _coupon_shares(units, applied, taken):
            taken[row] += fen
    return tuple(Money(fen) for fen in taken)


def _coupon_shares(units: Units, applied: Applied, taken: Sequence[int]) -> list[tuple[int, int]]:
    saves, frees = Money(applied.judged.saves), applied.judged.frees
    if frees is not None:
        row = next(row for row in units.rows[frees] if not taken[row])
        return [(row, saves.minor)]
    reached = [row for line in applied.candidate.lines for row in units.rows[line]]
    shares = saves.allocate([units.goods[row].minor - taken[row] for row in reached])
    return [(row, share.minor) for row, share in zip(reached, shares, strict=True)]


def points_column(
    basket: Basket, units: Units, coupon: Column, points: Money, gifts: Sequence[int]
) -> Column:
    """Allocate points over the rows that no gift prices; `gifts` are fen of one unit by line."""
    column = [0] * len(units.goods)
    weights = [goods.minor - share.minor for goods, share in zip(units.goods, coupon, strict=True)]
    for line, places in enumerate(units.rows):
        if basket.lines[line].gift:
            for at in places:
                column[at], weights[at] = gifts[line], 0
    shares = points.allocate(weights)
    return tuple(Money(own) + share for own, share in zip(column, shares, strict=True))


def unit_rows(
    basket: Basket, units: Units, coupon: Column, value: Column, payment: Payment
) -> tuple[UnitRow, ...]:
    """Allocate column after column; the weights are what is still open on each row."""
    open_fen = [
        goods.minor - share.minor - points.minor
        for goods, share, points in zip(units.goods, coupon, value, strict=True)
    ]

    def take(total: Money) -> Column:
        column = total.allocate(open_fen)
        for row, share in enumerate(column):
            open_fen[row] -= share.minor
        return column

    principal, bonus, rounding = map(take, (payment.principal, payment.bonus, payment.rounding))
    outside = [(share.tender, take(share.amount)) for share in payment.externals]
    rows = []
    for line, places in enumerate(units.rows):
        sold = basket.lines[line]
        for at in places:
            external = tuple(TenderShare(tender, column[at]) for tender, column in outside)
            paid = (coupon[at], value[at], principal[at], bonus[at], rounding[at])
            rows.append(
                UnitRow(line, sold.title, sold.unit_price, units.goods[at], *paid, external)
            )
    return tuple(rows)
