"""What an order should have earned, worked out again by the rules that priced it (D15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.item_benefits import is_member_day
from pos_app.ledger.rules.points import (
    MultiplierReason,
    expiry_of,
    growth_earned,
    points_earned,
)
from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Money
from pos_hq.fold import accounts, postings
from pos_hq.fold.fact import Fact, text, whole
from pos_hq.fold.sheet import Sheet, case_of
from pos_hq.fold.values import Act

_ORDINARY = BasisPoints(10_000)


@dataclass(frozen=True, slots=True)
class Earned:
    """Qualifying money, points credited and waiting for review, and growth of one order."""

    eligible: int
    points: int
    pending: int
    growth: int


def recorded(body: Mapping[str, Any]) -> Earned:
    """Return what the terminal wrote down."""
    earned = body["earned"]
    figures = (body["eligible"], earned["points"], earned["pending"], earned["growth"])
    return Earned(*map(whole, figures))


def check(sheet: Sheet, fact: Fact) -> Earned:
    """Return what the order earned by its own rules; correct the points that differ.

    Without the rules that priced it nothing can be said: a person is told, once.
    """
    told = recorded(fact.body)
    rules = sheet.whence.rules.get(fact.rules)
    if rules is None:
        tell_unknown(sheet, fact)
        return told
    right = _by_the_rules(fact, told, rules)
    credited = _credited(fact)
    if right != told or credited != right.points:
        correct(sheet, fact, right, told, credited, rules)
    return right


def _by_the_rules(fact: Fact, told: Earned, rules: Programme) -> Earned:
    paid = whole(fact.body["principal"]) + sum(
        whole(share["amount"])
        for share in fact.body["externals"]
        if share["tender"] != Tender.CREDIT
    )
    eligible = Money(min(told.eligible, paid))
    rate = _rate(fact, rules) if eligible else BasisPoints(0)
    due = points_earned(eligible, rate).minor
    pending = min(told.pending, due)
    growth = growth_earned(eligible, rules).minor
    return Earned(eligible.minor, due - pending, pending, growth)


def _rate(fact: Fact, rules: Programme) -> BasisPoints:
    """Return the multiplier of the recorded reason; a member day is looked up."""
    reason, points = MultiplierReason(fact.body["earned"]["reason"]), rules.points
    if reason is MultiplierReason.MEMBER_DAY:
        holds = is_member_day(date.fromisoformat(fact.day), rules)
        return BasisPoints(points.multiplier_member_day_bp) if holds else _ORDINARY
    if reason is MultiplierReason.BIRTHDAY_MONTH:
        return BasisPoints(points.multiplier_birthday_month_bp)
    if reason is MultiplierReason.FIRST_ORDER:
        return BasisPoints(points.multiplier_first_order_bp)
    return _ORDINARY


def _credited(fact: Fact) -> int:
    """Return what really went to the member: into the holding, or against what they owed."""
    return sum(move.amount for move in fact.moves if move.source == "pts_issued")


def correct(
    sheet: Sheet, fact: Fact, right: Earned, told: Earned, credited: int, rules: Programme
) -> None:
    """Set points right that an event moved otherwise than the rules do, and tell a person."""
    difference = right.points - credited
    if difference and fact.member is not None:
        day = expiry_of(date.fromisoformat(fact.day), rules).isoformat()
        mine = accounts.avail(accounts.PTS, sheet.canonical(fact.member), day)
        other = accounts.adjust("points")
        ends = (other, mine) if difference > 0 else (mine, other)
        move = (*ends, accounts.PTS, abs(difference))
        sheet.act(Act("ADJUST", fact.member, "POINTS_RULE_DIFF", (move,)))
        if sheet.balances[mine, accounts.PTS] < 0:
            postings.overdrawn(sheet, fact, mine, accounts.PTS)
    sheet.open_case(
        case_of(
            sheet,
            fact,
            "POINTS_RULE_DIFF",
            unit=accounts.PTS,
            amount=abs(difference),
            here={"points": right.points, "growth": right.growth, "eligible": right.eligible},
            there={"points": credited, "growth": told.growth, "eligible": told.eligible},
        )
    )


def tell_unknown(sheet: Sheet, fact: Fact) -> None:
    """Tell of a programme that HQ does not have, once."""
    version = text(fact.rules)
    if ("RULES_UNKNOWN", version) in sheet.known_cases:
        return
    sheet.known_cases.add(("RULES_UNKNOWN", version))
    sheet.open_case(case_of(sheet, fact, "RULES_UNKNOWN", account=version))
