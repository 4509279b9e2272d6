"""Which item benefit and which coupons are applied together: every legal combination is weighed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pos_app.ids import CouponId
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.coupon_scope import Candidate
from pos_app.ledger.rules.coupon_value import Judged, Open, judge
from pos_app.ledger.rules.item_benefits import Prices
from pos_app.ledger.rules.programme_benefits import CouponRules

Rank = tuple[int, int, int, int, tuple[date, str, int]]
_KEPT = (date.max, "", 0)
_UNDECIDED = ("", False)


@dataclass(frozen=True, slots=True)
class Applied:
    """A coupon in a combination, with what it takes off there."""

    candidate: Candidate
    judged: Judged

    @property
    def id(self) -> CouponId:
        return self.candidate.held.id


@dataclass(frozen=True, slots=True)
class Stage:
    """One way to price the lines, with the coupons that stack on it."""

    still: Open
    prices: Prices
    stacked: tuple[Applied, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """A stage and at most one order coupon."""

    stage: Stage
    order_coupon: Applied | None = None

    @property
    def applied(self) -> tuple[Applied, ...]:
        """Return the coupons in the order in which they take effect."""
        last = () if self.order_coupon is None else (self.order_coupon,)
        return (*self.stage.stacked, *last)

    @property
    def saves(self) -> int:
        """Return the whole saving in fen."""
        return self.stage.prices.saved + sum(one.judged.saves for one in self.applied)

    @property
    def gifts(self) -> int:
        """Return the declared value of what is handed out."""
        return sum(gift_value(one.candidate) for one in self.applied)

    @property
    def code(self) -> str:
        """Return the template of the order coupon, or nothing."""
        return "" if self.order_coupon is None else self.order_coupon.candidate.template.code

    @property
    def label(self) -> tuple[str, bool]:
        """Return what tells this combination from the others at the counter."""
        return self.code, not self.code and self.stage.prices.member_day


@dataclass(frozen=True, slots=True)
class Choice:
    """The combination that is used, the best other one, and every combination's stages."""

    chosen: Combination
    runner_up: Combination | None
    plain: Stage


def gift_value(candidate: Candidate) -> int:
    """Return the declared value of a gift coupon's gift."""
    return candidate.template.gift_value_fen if candidate.template.type == "gift" else 0


def order_level(candidate: Candidate, rules: CouponRules) -> bool:
    """Say whether a coupon competes for the one place; what takes money off never stacks."""
    kind = candidate.template.type
    return kind in rules.order_level_types or kind not in {"exchange", "gift"}


def wished(candidate: Candidate, order: Order) -> bool:
    """Say whether the order leaves the choice open or names this coupon."""
    return order.coupons is None or candidate.held.id in order.coupons


def choose(
    order: Order, prices: Sequence[Prices], candidates: Sequence[Candidate], rules: CouponRules
) -> Choice:
    """Weigh the combinations; `prices` holds the list prices and, where there is one, the day's."""
    stackable = [one for one in candidates if not order_level(one, rules) and wished(one, order)]
    stages = [_stage(order, each, stackable) for each in prices]
    single = [one for one in candidates if order_level(one, rules)]
    if not rules.max_order_level_per_order:
        single = []
    legal = [option for stage in stages for option in _options(stage, single, rules)]
    chosen = min(
        (one for one in legal if _obeys(one, order, stages[-1])), key=lambda one: _rank(one, order)
    )
    others = [one for one in legal if one.label not in {chosen.label, _UNDECIDED} and one.saves]
    best = min(others, key=_worth, default=None)
    return Choice(chosen, best, stages[0])


def _stage(order: Order, prices: Prices, stackable: Sequence[Candidate]) -> Stage:
    lines = order.basket.lines
    still = Open(lines, prices.lines, (0,) * len(lines))
    stacked = []
    for candidate in sorted(stackable, key=lambda one: one.rank):
        judged = judge(candidate, still)
        if judged.reason is None:
            stacked.append(Applied(candidate, judged))
            still = after(still, judged)
    return Stage(still, prices, tuple(stacked))


def after(still: Open, judged: Judged) -> Open:
    """Return what is open once a coupon has made its unit free."""
    if judged.frees is None:
        return still
    freed = list(still.freed)
    freed[judged.frees] += 1
    return replace(still, freed=tuple(freed))


def _options(
    stage: Stage, single: Sequence[Candidate], rules: CouponRules
) -> Iterator[Combination]:
    yield Combination(stage)
    if stage.prices.member_day and rules.exclusive_with_member_day:
        return
    for candidate in single:
        judged = judge(candidate, stage.still)
        if judged.reason is None:
            yield Combination(stage, Applied(candidate, judged))


def _obeys(option: Combination, order: Order, last: Stage) -> bool:
    coupon = option.order_coupon
    if coupon is not None and not wished(coupon.candidate, order):
        return False
    if order.member_day is None:
        return True
    wanted = order.member_day and last.prices.member_day
    return option.stage.prices.member_day == wanted


def _rank(option: Combination, order: Order) -> Rank:
    place = 0
    if order.coupons is not None:
        coupon = option.order_coupon
        place = len(order.coupons) if coupon is None else order.coupons.index(coupon.id)
    return (place, *_worth(option))


def _worth(option: Combination) -> tuple[int, int, int, tuple[date, str, int]]:
    """Order from the best: the larger saving, more gifts, a coupon kept, the earlier expiry."""
    coupon = option.order_coupon
    spent = 0 if coupon is None else 1
    return (-option.saves, -option.gifts, spent, _KEPT if coupon is None else coupon.candidate.rank)
