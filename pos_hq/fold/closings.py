"""Closed accounts: what should have been paid, worked out again by the same rule (D15)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from pos_app.ids import LotId
from pos_app.ledger.rules.closing import Cause, Closing, ClosingLot, ClosingWish, close_account
from pos_app.ledger.rules.prepaid_law import PayoutWay
from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Money, total_of
from pos_hq.fold import earnings, postings
from pos_hq.fold.accounts import CNY, right_of
from pos_hq.fold.fact import Fact, whole
from pos_hq.fold.sheet import Sheet, case_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VALUE = ("P", "B")


@dataclass(frozen=True, slots=True)
class _Paid:
    """What left the account, and what of it was handed out."""

    refund: int
    payout: int
    cancelled: int


def close(sheet: Sheet, fact: Fact) -> None:
    """Book a closing. Another outcome than the rule's, or value left over, is put before a person.

    It is never refused: the member has the money.
    """
    postings.post(sheet, fact)
    left = _emptied(fact)
    rules = sheet.whence.rules.get(fact.rules)
    if rules is None:
        earnings.tell_unknown(sheet, fact)
    else:
        _compare(sheet, fact, left, rules)
    sheet.closed.update(left)


def closed_in(fact: Fact) -> frozenset[str]:
    """Return the lots that a closing emptied."""
    return frozenset(_emptied(fact))


def _compare(sheet: Sheet, fact: Fact, left: dict[str, Counter[str]], rules: Programme) -> None:
    told, right = _told(fact), _by_the_rule(sheet, fact, left, rules)
    rest = _left_over(sheet, fact)
    if right is not None and not rest and told == _due(right, left) and _lawful(fact, right):
        return
    due = None if right is None else _due(right, left)
    here = {} if due is None else {"principal": due.refund, "sum": due.payout, "CNY": rest}
    there = {"principal": told.refund, "sum": told.payout, "CNY": 0}
    amount = 0 if due is None else abs(due.payout - told.payout)
    told_sides = {"here": here, "there": there}
    sheet.open_case(case_of(sheet, fact, "CLOSING_DIFF", unit=CNY, amount=amount, **told_sides))


def _left_over(sheet: Sheet, fact: Fact) -> int:
    """Return what the member still has of lots that were there when the account was closed."""
    rest = 0
    for account, unit in sheet.owned[str(fact.member)]:
        owner = right_of(account)
        lot = None if owner is None or unit != CNY else sheet.lots.get(owner.ref)
        if lot is not None and lot.at <= fact.at:
            rest += sheet.balances[account, unit]
    return rest


def _due(right: Closing, left: dict[str, Counter[str]]) -> _Paid:
    cancelled = sum(lot["B"] for lot in left.values())
    return _Paid(right.refund.minor, right.payout.minor, cancelled)


def _lawful(fact: Fact, right: Closing) -> bool:
    return PayoutWay(fact.body["way"]) in right.ways


def _told(fact: Fact) -> _Paid:
    """Return what the terminal says of the refund, and what its transfers really paid."""
    paid = sum(move.amount for move in fact.moves if move.target.startswith("tender:"))
    cancelled = sum(move.amount for move in fact.moves if move.target == "bonus_expense")
    return _Paid(whole(fact.body["refund"]), paid, cancelled)


def _by_the_rule(
    sheet: Sheet, fact: Fact, left: dict[str, Counter[str]], rules: Programme
) -> Closing | None:
    """Return the outcome of what HQ knows of the lots; None where they cannot be what was said."""
    rate = BasisPoints(whole(fact.body["rate"]))
    lots = [_seen(sheet, lot, one, rate, rules) for lot, one in left.items()]
    known = [lot for lot in lots if lot is not None]
    if len(known) < len(lots):
        return None
    wish = ClosingWish(
        Cause(fact.body["cause"]),
        date.fromisoformat(fact.body["ended_on"]),
        date.fromisoformat(fact.day),
        bool(whole(fact.body["goods_known_before"])),
    )
    return close_account(known, wish, rules)


def _seen(
    sheet: Sheet, lot: str, left: Counter[str], rate: BasisPoints, rules: Programme
) -> ClosingLot | None:
    bought = sheet.lots.get(lot)
    if bought is None:
        return None
    anew = lot in sheet.closed
    paid, bonus = (left["P"], left["B"]) if anew else (bought.paid, bought.bonus)
    spent = Money(paid + bonus - left.total())
    if not Money() <= spent <= total_of([Money(paid), Money(bonus)]):
        return None
    paid_on = (_EPOCH + timedelta(milliseconds=bought.at)).astimezone(rules.zone).date()
    return ClosingLot(LotId(UUID(lot)), Money(paid), Money(bonus), spent, spent, paid_on, rate)


def _emptied(fact: Fact) -> dict[str, Counter[str]]:
    """Return what was taken out of each lot, by pocket, in the order of the transfers."""
    lots: dict[str, Counter[str]] = {}
    for move in fact.moves:
        pocket, _, rest = move.source.removeprefix("hold:").partition(":")
        if move.source.startswith("hold:") and pocket in _VALUE:
            lots.setdefault(rest.rpartition(":")[2], Counter())[pocket] += move.amount
    return lots
