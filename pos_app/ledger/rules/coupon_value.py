"""What one coupon takes off, given what is still open."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.ledger.rules.basket import Line
from pos_app.ledger.rules.coupon_scope import Candidate
from pos_app.ledger.rules.coupons import Unused
from pos_app.ledger.rules.programme_benefits import CouponTemplate
from pos_app.money import Money


@dataclass(frozen=True, slots=True)
class Open:
    """Fen per line before coupons, and the units that exchange coupons have made free."""

    lines: Sequence[Line]
    prices: tuple[int, ...]
    freed: tuple[int, ...]

    def fen(self, row: int) -> int:
        """Return what is still to pay of a line: its first units are the freed ones."""
        return self.prices[row] - sum(self.unit(row, place) for place in range(self.freed[row]))

    def unit(self, row: int, place: int) -> int:
        """Return the price of one unit of a line (RND-A: missing fen go to the lower units)."""
        share, left = divmod(self.prices[row], self.lines[row].quantity)
        return share + (1 if place < left else 0)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a coupon would take off, or why it takes nothing. `frees` is the row of a free unit."""

    saves: int = 0
    reason: Unused | None = None
    gap: Money | None = None
    frees: int | None = None


def judge(candidate: Candidate, still: Open) -> Judged:
    """Value a coupon. Its threshold looks at the goods in scope before any coupon."""
    if candidate.forbidden is not None:
        return Judged(reason=candidate.forbidden)
    template = candidate.template
    base = sum(still.prices[row] for row in candidate.lines)
    if base < template.threshold_fen:
        gap = Money(template.threshold_fen - base)
        return Judged(reason=Unused.BELOW_THRESHOLD, gap=gap)
    if template.type == "gift":
        return Judged()
    if template.type == "exchange":
        return _exchange(template.exchange_sku, still)
    reach = sum(still.fen(row) for row in candidate.lines)
    saves = reduction(template, reach)
    return Judged(saves) if saves else Judged(reason=Unused.NO_GOODS_IN_SCOPE)


def reduction(template: CouponTemplate, reach: int) -> int:
    """Return what a reduction coupon takes off the goods it reaches (RND-D for a percentage)."""
    if template.type != "discount":
        return min(template.face_fen, reach)
    off = reach - reach * template.pct // 100
    return off if template.cap_fen is None else min(off, template.cap_fen)


def _exchange(sku: str, still: Open) -> Judged:
    """Free the dearest unit of the exchange goods that still costs something."""
    prices = {
        row: still.unit(row, still.freed[row])
        for row, line in enumerate(still.lines)
        if line.sku == sku and still.freed[row] < line.quantity
    }
    dearest = max(prices, key=lambda row: (prices[row], -row), default=None)
    if dearest is None or not prices[dearest]:
        return Judged(reason=Unused.NO_GOODS_IN_SCOPE)
    return Judged(prices[dearest], frees=dearest)
