"""Points that a review let go, and that an order's return takes away again."""

from __future__ import annotations

from datetime import date

from pos_app.ledger.rules.points import PointsBatch, claw_back, expiry_of
from pos_app.money import Points
from pos_hq.fold import accounts
from pos_hq.fold.accounts import PTS, right_of
from pos_hq.fold.fact import Fact
from pos_hq.fold.sheet import Sheet
from pos_hq.fold.values import Act


def take_back(sheet: Sheet, fact: Fact, member: str, on_day: str) -> None:
    """Take back what was let go of a day and that nothing of that day deserves any more.

    What waits is given up first. Points that are spent, or that terminals hold, are owed.
    """
    released = sheet.let_go[member, on_day]
    undeserved = released - max(sheet.pending[member, on_day], 0)
    if undeserved <= 0:
        return
    taken = claw_back(Points(undeserved), _own_expiry(sheet, fact, on_day), _at_hq(sheet, fact))
    moves = [(_free(member, one), "pts_issued", PTS, one.points.minor) for one in taken.taken]
    if taken.debt:
        moves.append((accounts.debt(member), "pts_issued", PTS, taken.debt.minor))
    sheet.act(Act("TAKE_BACK_POINTS", member, on_day, tuple(moves)))
    sheet.let_go[member, on_day] -= undeserved
    sheet.taken_again.append((member, on_day, -undeserved))
    sheet.tell(member, "points_taken_back", {"points": undeserved}, "message")


def _free(member: str, one: PointsBatch) -> str:
    return accounts.avail(PTS, member, one.expires_on.isoformat())


def _at_hq(sheet: Sheet, fact: Fact) -> list[PointsBatch]:
    assert fact.member is not None, "somebody returns it"
    owned = sheet.owned.get(sheet.canonical(fact.member), set())
    return [
        PointsBatch(date.fromisoformat(right.ref), Points(sheet.balances[account, unit]))
        for account, unit in sorted(owned)
        if (right := right_of(account)) is not None
        and (right.holder, right.pocket) == ("avail", PTS)
        and sheet.balances[account, unit] > 0
        and right.ref >= fact.day
    ]


def _own_expiry(sheet: Sheet, fact: Fact, on_day: str) -> date:
    """Return when those points run out; without the rules the first to run out are taken."""
    rules = sheet.whence.rules.get(fact.rules)
    return date.max if rules is None else expiry_of(date.fromisoformat(on_day), rules)
