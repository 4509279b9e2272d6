"""What a return should have taken back and paid out, worked out again (D15)."""

from __future__ import annotations

from pos_app.ledger.rules.points import growth_earned, points_earned
from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Money
from pos_hq.fold import earnings
from pos_hq.fold.earnings import Earned
from pos_hq.fold.fact import Fact, whole
from pos_hq.fold.sheet import Sheet, case_of
from pos_hq.fold.values import SaleLegs

_EARNING = ("external", "principal")


def check(sheet: Sheet, fact: Fact, sold: SaleLegs | None) -> Earned:
    """Return what the member loses by the rules; set points right that differ, and tell a person.

    `sold` has this return in it already. What was paid out is never asked back.
    """
    taken = fact.body["taken_back"]
    told = Earned(*(whole(taken[name]) for name in ("spend", "points", "pending", "growth")))
    rules = sheet.whence.rules.get(fact.rules)
    if rules is None:
        return told
    _check_paid_out(sheet, fact, told, rules)
    if sold is None or not sold.multiplier:
        return told
    right = _by_the_rules(fact, sold, rules)
    lost = _lost(fact, rules)
    if right != told or lost != right.points:
        earnings.correct(sheet, fact, _less(right), _less(told), -lost, rules)
    return right


def waivers(sheet: Sheet, fact: Fact) -> None:
    """Tell HQ of gifts that a manager let go."""
    gone = [gift for gift in fact.body["gifts_due"] if gift.get("end") == "waived"]
    value = sum(whole(gift["value"]) for gift in gone)
    if gone:
        here = {"sum": value}
        sheet.open_case(case_of(sheet, fact, "GIFT_WAIVED", unit="CNY", amount=value, here=here))


def _by_the_rules(fact: Fact, sold: SaleLegs, rules: Programme) -> Earned:
    kept = Money(max(0, sum(sold.paid[leg] - sold.back[leg] for leg in _EARNING)))
    due = points_earned(kept, BasisPoints(sold.multiplier)).minor
    points = min(sold.points, due)
    pending = min(sold.pending, due - points)
    growth = min(sold.growth, growth_earned(kept, rules).minor)
    legs = fact.body["legs"]
    back = whole(legs["principal"]) + sum(whole(one["amount"]) for one in legs["external"])
    right = Earned(back, sold.points - points, sold.pending - pending, sold.growth - growth)
    sold.points, sold.pending, sold.growth = points, pending, growth
    return right


def _lost(fact: Fact, rules: Programme) -> int:
    """Return what really left the member: points taken or owed, or paid for with the refund."""
    taken = sum(move.amount for move in fact.moves if move.target == "pts_issued")
    repaid = sum(move.amount for move in fact.moves if move.source == "pts_issued")
    return taken - repaid + whole(fact.body["deducted_for_points"]) // rules.points.value_fen


def _check_paid_out(sheet: Sheet, fact: Fact, told: Earned, rules: Programme) -> None:
    """Hold what was paid out against what came back, less what may be deducted."""
    body = fact.body
    outside = sum(whole(one["amount"]) for one in body["legs"]["external"])
    kept = [gift for gift in body["gifts_due"] if gift.get("end") == "kept"]
    deducts = rules.points.clawback_shortfall == "deduct_refund"
    most = told.points * rules.points.value_fen if deducts else 0
    for_points = min(whole(body["deducted_for_points"]), most, outside)
    for_gifts = min(sum(whole(gift["value"]) for gift in kept), outside - for_points)
    right = outside - for_points - for_gifts
    ways = ("tender:", "receivable:")  # what was spent on credit is no longer owed
    out = sum(move.amount for move in fact.moves if move.target.startswith(ways))
    if out != right:
        here, there = {"external": right}, {"external": out}
        told_sides = {"amount": abs(right - out), "here": here, "there": there}
        sheet.open_case(case_of(sheet, fact, "REFUND_DIFF", unit="CNY", **told_sides))


def _less(earned: Earned) -> Earned:
    return Earned(-earned.eligible, -earned.points, -earned.pending, -earned.growth)
