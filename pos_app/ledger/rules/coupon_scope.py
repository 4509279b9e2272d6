"""Where a coupon holds: everything that can be said before any amount is known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

from pos_app.ledger.rules.basket import Line, Order
from pos_app.ledger.rules.coupons import HeldCoupon, Unused
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.programme_benefits import CouponScope, CouponTemplate

UNKNOWN = CouponTemplate(code="unknown", type="gift")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who buys what, where and when. `today` is the business day, `clock` the local time."""

    order: Order
    tier: str
    today: date
    clock: time
    benefits: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A held coupon with its template, the rows of the goods in its scope, and what forbids it."""

    held: HeldCoupon
    template: CouponTemplate
    forbidden: Unused | None
    lines: tuple[int, ...]

    @property
    def rank(self) -> tuple[date, str, int]:
        """Order equals: what expires earlier goes first, then the template code, then the id."""
        return (self.held.valid_until, self.template.code, self.held.id.int)


def candidate_for(held: HeldCoupon, occasion: Occasion, programme: Programme) -> Candidate:
    """Look at one coupon on this occasion."""
    template = programme.template(held.template)
    if template is None:
        return Candidate(held, UNKNOWN, Unused.UNKNOWN_TEMPLATE, ())
    lines = lines_in_scope(template.scope, occasion.order.basket.lines)
    reason = next(_forbidding(held, template, occasion), None)
    if reason is None and not (lines and _has_exchange_goods(template, occasion)):
        reason = Unused.NO_GOODS_IN_SCOPE
    return Candidate(held, template, reason, lines)


def lines_in_scope(scope: CouponScope, lines: tuple[Line, ...]) -> tuple[int, ...]:
    """Return the rows whose goods a scope names; a scope that names none takes all.

    What is paid in points has a price of its own, which no coupon touches.
    """
    rows = enumerate(lines)
    return tuple(row for row, line in rows if not line.gift and _names(scope, line))


def _names(scope: CouponScope, line: Line) -> bool:
    if line.sku in scope.excluded_skus:
        return False
    named = line.sku in scope.skus or line.category in scope.categories
    return named or not (scope.skus or scope.categories)


def needs_lines(template: CouponTemplate) -> bool:
    """Say whether a coupon can only be judged on an order whose goods are known."""
    scope = template.scope
    goods = scope.skus or scope.categories or scope.excluded_skus
    return bool(goods) or template.type == "exchange"


def _has_exchange_goods(template: CouponTemplate, occasion: Occasion) -> bool:
    return template.type != "exchange" or any(
        line.sku == template.exchange_sku for line in occasion.order.basket.lines
    )


def _forbidding(held: HeldCoupon, template: CouponTemplate, occasion: Occasion) -> Iterator[Unused]:
    if not occasion.benefits:
        yield Unused.MEMBER_BLOCKED
    if occasion.today < held.valid_from:
        yield Unused.NOT_YET
    if occasion.today > held.valid_until:
        yield Unused.EXPIRED
    yield from (reason for reason, broken in _SCOPE if broken(template.scope, occasion))
    if {template.code, template.exchange_sku} & set(occasion.order.out_of_stock):
        yield Unused.OUT_OF_STOCK
    if needs_lines(template) and not occasion.order.basket.itemised:
        yield Unused.NEEDS_LINES


def _outside_hours(scope: CouponScope, occasion: Occasion) -> bool:
    if scope.hours is None:
        return False
    begin, end = scope.hours
    if begin < end:
        return not begin <= occasion.clock < end
    return end <= occasion.clock < begin


def _outside(named: tuple[object, ...], here: object) -> bool:
    return bool(named) and here not in named


_SCOPE: tuple[tuple[Unused, Callable[[CouponScope, Occasion], bool]], ...] = (
    (Unused.WRONG_STORE, lambda scope, here: _outside(scope.stores, here.order.store)),
    (Unused.WRONG_CHANNEL, lambda scope, here: _outside(scope.channels, here.order.channel)),
    (Unused.WRONG_WEEKDAY, lambda scope, here: _outside(scope.weekdays, here.today.isoweekday())),
    (Unused.WRONG_HOURS, _outside_hours),
    (Unused.WRONG_TIER, lambda scope, here: _outside(scope.tiers, here.tier)),
)
