"""Points as a means of payment: how many this order takes, and why not more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_app.errors import PosError
from pos_app.ledger.rules.points import PointsBatch, most_redeemable, redeem_batches, usable_points
from pos_app.ledger.rules.points import points_value as value_of
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.standing import Standing
from pos_app.money import BasisPoints, Money, Points


class PointsRule(StrEnum):
    """The rule that points asked for break."""

    NEGATIVE = "negative"
    NOT_PERMITTED = "not_permitted"
    IN_DEBT = "in_debt"
    STEP = "step"
    MINIMUM = "minimum"
    BALANCE = "balance"
    SHARE = "share"


@dataclass(eq=False)
class PointsRefused(PosError):
    """Points that this order does not take. `most` is what it would take."""

    rule: PointsRule
    wanted: Points
    most: Points


@dataclass(frozen=True, slots=True)
class Redemption:
    """Points taken, what they pay, the batches they come from, and the most that could be taken."""

    points: Points
    value: Money
    batches: tuple[PointsBatch, ...]
    most: Points


def redeem(
    wanted: Points, due: Money, standing: Standing, programme: Programme, today: date
) -> Redemption:
    """Take points for an order on a calendar day. Raises PointsRefused with the rule they break."""
    most = _most(due, standing, programme, today)
    if wanted:
        rule = _broken(wanted, due, standing, programme, today)
        if rule is not None:
            raise PointsRefused(rule, wanted, most)
    batches = redeem_batches(standing.batches, wanted, today)
    return Redemption(wanted, value_of(wanted, programme), batches, most)


def with_gifts(
    own: Redemption,
    points: Points,
    value: Money,
    batches: Sequence[PointsBatch],
    today: date,
) -> Redemption:
    """Add what gifts take, from the same batches: what runs out first goes first, for both."""
    if not points:
        return own
    taken = redeem_batches(batches, own.points + points, today)
    return Redemption(own.points + points, own.value + value, taken, own.most)


def _in_debt(standing: Standing) -> bool:
    return standing.holder is not None and bool(standing.holder.debt)


def _most(due: Money, standing: Standing, programme: Programme, today: date) -> Points:
    if _in_debt(standing):
        return Points()
    return most_redeemable(due, standing.batches, programme, today)


def _broken(
    wanted: Points, due: Money, standing: Standing, programme: Programme, today: date
) -> PointsRule | None:
    rules = programme.points
    share = due.floor_bp(BasisPoints(rules.redeem_max_pct_bp))
    checks = (
        (wanted.minor < 0, PointsRule.NEGATIVE),
        (not standing.points, PointsRule.NOT_PERMITTED),
        (_in_debt(standing), PointsRule.IN_DEBT),
        (wanted.minor % rules.redeem_step != 0, PointsRule.STEP),
        (wanted.minor < rules.redeem_min, PointsRule.MINIMUM),
        (wanted > usable_points(standing.batches, today), PointsRule.BALANCE),
        (value_of(wanted, programme) > share, PointsRule.SHARE),
    )
    return next((rule for broken, rule in checks if broken), None)
